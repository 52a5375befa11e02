package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;

import facelake.UserError;
import facelake.eval.KnownPeople;
import facelake.eval.PlantedTruth;
import facelake.model.VerifiedModel;
import facelake.pipeline.Fingerprint;
import facelake.spark.Phases;
import facelake.step.Changes;
import facelake.step.CopyFiles;
import facelake.step.FaultLimits;
import facelake.step.source.Layout;
import facelake.step.source.Originals;
import facelake.table.FacesTable;
import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Makes two datasets of a labelled one, of which it is known who is whom, so that what finds the
 * same people in both can be measured.
 *
 * <p>In: the tables {@code images} and {@code faces} of a lake, and for copies of photos the photos
 * themselves, where they were indexed, and the models. Out, in a new folder: {@code lake} with the
 * datasets {@code left} and {@code right}, {@code photos} with the copies, and {@code truth} with
 * the files of {@link PlantedTruth}. People have new names in each, some of which are wrong; see
 * {@link Planting}. The labels of the dataset that it starts from are taken to be right, though no
 * real dataset's are, but for what a file of people says of them: names of one person are planted
 * as one person, and names that show somebody else are left out.
 *
 * <p>Photos with a face and an identity take part. The identity is taken to be of the face that is
 * both the largest of a photo and nearest its centre; where these are two faces, it is not known
 * whose the identity is, and who the others are is never known.
 *
 * <pre>new PlantedDatasets(spark, options, models, phase -> {}).execute()</pre>
 */
public final class PlantedDatasets {
  /** Hex digits of a face id: 128 bits, as those of {@link IndexJob}. */
  private static final int FACE_ID_LENGTH = 32;

  private static final int HASH_BITS = 256;

  /** What is planned for a photo, by the columns that it takes. */
  private static final StructType PLAN =
      new StructType()
          .add(ImagesTable.SCHEMA.apply(ImagesTable.URI))
          .add(ImagesTable.SCHEMA.apply(ImagesTable.DATASET))
          .add(ImagesTable.SCHEMA.apply(ImagesTable.IDENTITY));

  private final SparkSession spark;
  private final PlantingOptions options;
  private final List<VerifiedModel> models;
  private final Consumer<String> watcher;
  private final Lake planted;
  private final String runId = UUID.randomUUID().toString();

  /**
   * A job that runs once.
   *
   * @param models the files of {@link facelake.pipeline.PipelineOptions#models}; none are needed
   *     without copies
   * @param watcher is told each part of the work as it begins
   */
  public PlantedDatasets(
      SparkSession spark,
      PlantingOptions options,
      List<VerifiedModel> models,
      Consumer<String> watcher) {
    this.spark = spark;
    this.options = options;
    this.models = models;
    this.watcher = watcher;
    this.planted = options.plantedLake();
  }

  /**
   * Makes the datasets.
   *
   * @throws UserError when the folder is in use, when the dataset has no identities with two
   *     photos, and for copies when its photos are gone or another pipeline found its faces
   */
  public PlantedResult execute() {
    Instant start = Instant.now();
    try (Phases phases = new Phases(spark, "plant " + options.dataset(), watcher)) {
      phases.begin("choosing photos");
      requireNewFolder();
      Dataset<Row> images = labelled();
      requireSamePipeline(images);
      PlantingPlan plan = PlantingPlan.of(photos(images), options.planting());
      requirePeople(plan);
      phases.begin("writing %,d photos of %,d people", plan.photos().size(), plan.people());
      writeTables(plan, images);
      if (!plan.copies().isEmpty()) {
        phases.begin("writing %,d copies of photos", plan.copies().size());
        writeCopies(plan);
        phases.begin("finding the faces of the copies");
        indexCopies(plan);
      }
      phases.begin("writing the truth");
      PlantedResult result = result(plan, start);
      writeTruth(result.truth());
      RunsTable.create(spark, planted).append(run(result, start));
      return result;
    }
  }

  private void requireNewFolder() {
    for (String folder : List.of(planted.root(), options.photos(), options.truth())) {
      NewFolder.require(folder, hadoop());
    }
    planted.requireWritable(hadoop());
  }

  /** Images that can take part. */
  private Dataset<Row> labelled() {
    return ImagesTable.open(spark, options.lake())
        .read()
        .where(col(ImagesTable.DATASET).equalTo(options.dataset()))
        .where(col(ImagesTable.STATUS).equalTo(ImageStatus.OK.label()))
        .where(col(ImagesTable.IDENTITY).isNotNull());
  }

  private List<LabelledPhoto> photos(Dataset<Row> images) {
    KnownPeople people =
        options
            .people()
            .map(file -> new TruthFile(spark, options.lake(), file).people(options.dataset()))
            .orElse(KnownPeople.NONE);
    return images
        .select(ImagesTable.URI, ImagesTable.SOURCE, ImagesTable.IMAGE_ID, ImagesTable.IDENTITY)
        .collectAsList()
        .stream()
        .flatMap(row -> people.person(row.getString(3)).map(who -> photo(row, who)).stream())
        .toList();
  }

  private static LabelledPhoto photo(Row row, String person) {
    return new LabelledPhoto(row.getString(0), row.getString(1), row.getString(2), person);
  }

  private void requirePeople(PlantingPlan plan) {
    if (plan.photos().isEmpty()) {
      throw new UserError(
          "dataset %s of lake %s has no identity with enough photos with faces; index photos with"
              + " --layout identity-folders, or ask for fewer photos of a person",
          options.dataset(), options.lake().root());
    }
  }

  /** Faces of copies are to be compared with the others, so one pipeline must find both. */
  private void requireSamePipeline(Dataset<Row> images) {
    if (options.planting().copies() == 0) {
      return;
    }
    String own = Fingerprint.of(options.pipeline(), hashes());
    List<String> others =
        images
            .where(col(ImagesTable.PIPELINE).notEqual(own))
            .select(ImagesTable.PIPELINE)
            .distinct()
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList();
    if (!others.isEmpty()) {
      throw new UserError(
          "dataset %s was indexed by pipeline %s, and copies would be by %s; give the options that"
              + " it was indexed with, index it again with these, or plant no copies",
          options.dataset(), String.join(", ", others), own);
    }
  }

  private void writeTables(PlantingPlan plan, Dataset<Row> images) {
    Dataset<Row> places = places(plan);
    Dataset<Row> plantedImages =
        images
            .drop(ImagesTable.DATASET, ImagesTable.IDENTITY)
            .join(places, ImagesTable.URI)
            .withColumn(ImagesTable.RUN_ID, lit(runId));
    // Faces first, as index has it; those of a killed run of it are left behind.
    FacesTable.create(spark, planted).append(faces(places, images));
    ImagesTable table = ImagesTable.create(spark, planted);
    for (PlantedSide side : PlantedSide.values()) {
      table.upsert(
          side.dataset(), plantedImages.where(col(ImagesTable.DATASET).equalTo(side.dataset())));
    }
  }

  private Dataset<Row> faces(Dataset<Row> places, Dataset<Row> images) {
    Column name =
        concat_ws("\n", col(FacesTable.DATASET), col(FacesTable.URI), col(FacesTable.FACE_ID));
    return FacesTable.open(spark, options.lake())
        .read()
        .where(col(FacesTable.DATASET).equalTo(options.dataset()))
        .join(
            images.select(ImagesTable.URI, ImagesTable.RUN_ID),
            new String[] {ImagesTable.URI, ImagesTable.RUN_ID},
            "left_semi")
        .drop(FacesTable.DATASET, FacesTable.IDENTITY)
        .join(places, FacesTable.URI)
        .withColumn(FacesTable.FACE_ID, substring(sha2(name, HASH_BITS), 1, FACE_ID_LENGTH))
        .withColumn(FacesTable.RUN_ID, lit(runId));
  }

  private Dataset<Row> places(PlantingPlan plan) {
    List<Row> rows =
        plan.photos().stream()
            .map(
                photo ->
                    RowFactory.create(
                        photo.photo().uri(), photo.side().dataset(), photo.identity()))
            .toList();
    return spark.createDataFrame(rows, PLAN);
  }

  private void writeCopies(PlantingPlan plan) {
    Map<String, CopyFiles.Order> orders = new HashMap<>();
    Map<String, Set<String>> uris = new TreeMap<>();
    for (PlantingPlan.Copy copy : plan.copies()) {
      LabelledPhoto photo = copy.of().photo();
      String path = String.join("/", photos(copy.side()), copy.identity(), copy.name());
      orders.put(photo.uri(), new CopyFiles.Order(photo.imageId(), copy.change(), path));
      uris.computeIfAbsent(photo.source(), source -> new TreeSet<>()).add(photo.uri());
    }
    int partitions = spark.sparkContext().defaultParallelism();
    List<String> failures =
        new CopyFiles(spark, options.pipeline().maxPixels())
            .write(Originals.find(spark, uris).requireAll().photos(partitions), orders);
    if (!failures.isEmpty()) {
      throw new UserError(
          "%d of %d copies cannot be made, the first of %s; index the photos again as they are, or"
              + " plant no copies",
          failures.size(), orders.size(), failures.get(0));
    }
  }

  private void indexCopies(PlantingPlan plan) {
    for (PlantedSide side : PlantedSide.values()) {
      if (plan.copies().stream().anyMatch(copy -> copy.side() == side)) {
        IndexOptions index =
            new IndexOptions(
                List.of(photos(side)),
                side.dataset(),
                planted,
                Optional.of(Layout.IDENTITY_FOLDERS),
                options.pipeline(),
                IndexOptions.DEFAULT_CHUNK_IMAGES,
                Changes.Again.NONE,
                IndexOptions.OtherPipeline.REFUSE,
                FaultLimits.DEFAULT);
        new IndexJob(spark, index, models, IndexWatcher.NONE).execute();
      }
    }
  }

  private String photos(PlantedSide side) {
    return options.photos() + "/" + side.dataset();
  }

  private PlantedResult result(PlantingPlan plan, Instant start) {
    TruthTables tables = TruthTables.read(spark, planted, plan);
    return new PlantedResult(
        plan.people(),
        plan.inBoth(),
        plan.identities().size(),
        plan.photos().size(),
        plan.photos().stream().filter(PlantingPlan.Photo::wrongLabel).count(),
        plan.merged(),
        tables.copiesWithoutFace(),
        tables.truth(),
        Duration.between(start, Instant.now()).toMillis() / 1e3);
  }

  private void writeTruth(PlantedTruth truth) {
    Path folder = new Path(options.truth());
    try {
      FileSystem files = folder.getFileSystem(hadoop());
      truth.write(
          name ->
              new OutputStreamWriter(files.create(new Path(folder, name)), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UserError(e, "cannot write %s: %s", folder, e.getMessage());
    }
  }

  private RunRecord run(PlantedResult result, Instant start) {
    Planting planting = options.planting();
    Map<String, String> described = new TreeMap<>();
    described.put("lake", options.lake().root());
    described.put("dataset", options.dataset());
    options.people().ifPresent(file -> described.put("people", file));
    planting
        .photosPerSide()
        .ifPresent(photos -> described.put("photos-per-side", String.valueOf(photos)));
    described.put("overlap", String.valueOf(planting.overlap()));
    described.put("wrong-labels", String.valueOf(planting.wrongLabels()));
    described.put("merged-identities", String.valueOf(planting.mergedIdentities()));
    described.put("copies", String.valueOf(planting.copies()));
    described.put("distractors", String.valueOf(planting.distractors()));
    described.put("seed", String.valueOf(planting.seed()));
    return RunRecord.ofFaces(
        runId,
        "plant",
        null,
        start,
        (long) result.truth().faces().size(),
        described,
        null,
        spark.version());
  }

  private Map<String, String> hashes() {
    return models.stream()
        .collect(Collectors.toMap(model -> model.spec().name(), VerifiedModel::sha256));
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
