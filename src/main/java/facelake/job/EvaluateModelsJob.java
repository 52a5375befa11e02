package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import facelake.UserError;
import facelake.eval.Calibration;
import facelake.eval.ClusterScores.Cell;
import facelake.eval.GroupingScores;
import facelake.eval.ImageGroups;
import facelake.job.EvaluateModelsOptions.Thresholds;
import facelake.job.EvaluateModelsResult.Grouping;
import facelake.job.EvaluateModelsResult.Kind;
import facelake.match.PhotoRule;
import facelake.model.VerifiedModel;
import facelake.pipeline.Embedder;
import facelake.spark.GeneratedCode;
import facelake.spark.Phases;
import facelake.step.FindPeople;
import facelake.step.PeopleOptions;
import facelake.step.ScanPlan;
import facelake.step.cells.CellPlan;
import facelake.table.FacesTable;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Compares embedders by how well {@code cluster} groups labelled photos with them: at the threshold
 * that each was trained for, and at a calibrated one.
 *
 * <p>In: datasets of lakes, each with the embedder that it was indexed by, in photos of one face
 * whose identity is known. Out: figures, and in a folder the groups to look at. Of the tables only
 * {@code runs} gets a row, which says where the folder is.
 *
 * <pre>jobs/facelake evaluate models --lake DIR --out scores</pre>
 */
public final class EvaluateModelsJob {
  /** As {@code calibrate} draws. */
  private static final int SAMPLE_FACES = 20_000;

  /** Pairs that match by mistake, of which the driver holds twice as many. */
  private static final double MOST_MATCHES = 5e6;

  private final SparkSession spark;
  private final EvaluateModelsOptions options;
  private final Function<Embedder, VerifiedModel> models;
  private final Consumer<String> watcher;
  private final String runId = UUID.randomUUID().toString();
  private final Instant start = Instant.now();
  private final Map<String, Double> ownThresholds = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * A job that runs once.
   *
   * @param models hands out the file of an embedder
   * @param watcher is told each part of the work as it begins
   */
  public EvaluateModelsJob(
      SparkSession spark,
      EvaluateModelsOptions options,
      Function<Embedder, VerifiedModel> models,
      Consumer<String> watcher) {
    this.spark = spark;
    this.options = options;
    this.models = models;
    this.watcher = watcher;
  }

  /**
   * Labelled faces of a dataset.
   *
   * @param own the threshold that their embedder was trained for
   */
  private record Album(
      Lake lake, String dataset, OneEmbedder embedder, Dataset<Row> faces, double own) {}

  /**
   * Groups the faces and writes the figures.
   *
   * @throws UserError when the folder is in use, when no lake has such faces, or when a model or a
   *     threshold is missing
   */
  public EvaluateModelsResult execute() {
    options.folder().ifPresent(folder -> NewFolder.require(folder, hadoop()));
    for (Lake lake : options.lakes()) {
      lake.requireWritable(hadoop()); // for the pairs of near faces, while it runs
      FacesTable.open(spark, lake);
    }
    return claimed(options.lakes().stream().distinct().toList(), this::evaluate);
  }

  /** So that nobody is forgotten meanwhile. */
  private EvaluateModelsResult claimed(List<Lake> lakes, Supplier<EvaluateModelsResult> work) {
    if (lakes.isEmpty()) {
      return work.get();
    }
    String what = "evaluate models, run " + runId;
    try (RunClaim claim = RunClaim.shared(lakes.get(0), what, runId, hadoop())) {
      return claimed(lakes.subList(1, lakes.size()), work);
    }
  }

  private EvaluateModelsResult evaluate() {
    try (Phases phases = new Phases(spark, "evaluate models", watcher)) {
      phases.begin("choosing faces");
      List<Album> albums = albums();
      if (options.calibration() instanceof Thresholds.OfFile file) {
        albums.forEach(album -> file.threshold().of(album.embedder().embedder(), hadoop()));
      }
      ContactSheetFiles sheets = new ContactSheetFiles(spark);
      List<Grouping> groupings = new ArrayList<>();
      for (Album album : albums) {
        album.faces().persist(StorageLevel.MEMORY_AND_DISK());
        try {
          groupings.addAll(grouped(album, sheets, phases));
        } finally {
          album.faces().unpersist();
        }
      }
      SortedMap<String, String> unseen = new TreeMap<>();
      options
          .folder()
          .ifPresent(
              folder -> {
                phases.begin("cutting faces out of photos");
                ReportFolder files = new ReportFolder(folder, hadoop());
                unseen.putAll(sheets.write(files, groupings, notes));
                options.lakes().forEach(lake -> note(lake, files.uri()));
              });
      return new EvaluateModelsResult(
          groupings,
          List.copyOf(notes),
          unseen,
          Duration.between(start, Instant.now()).toMillis() / 1e3);
    }
  }

  /** So that {@code forget} finds the pictures. */
  private void note(Lake lake, String folder) {
    RunsTable.create(spark, lake)
        .append(
            RunRecord.ofFaces(
                runId,
                KnownFolders.EVALUATE_MODELS,
                null,
                start,
                null,
                Map.of(KnownFolders.OUT, folder),
                null,
                spark.version()));
  }

  private List<Album> albums() {
    List<Album> albums = new ArrayList<>();
    Set<String> missing = new TreeSet<>(options.datasets());
    for (Lake lake : options.lakes()) {
      Dataset<Row> faces = FaceSelection.alone(FacesTable.open(spark, lake).readWhole());
      for (String dataset : datasets(faces)) {
        missing.remove(dataset);
        if (options.datasets().isEmpty() || options.datasets().contains(dataset)) {
          albums.add(album(lake, dataset, faces));
        }
      }
    }
    if (albums.isEmpty() || !missing.isEmpty()) {
      throw new UserError(
          "no photo of one face with an identity is %s of %s; index labelled photos with --layout"
              + " identity-folders",
          missing.isEmpty() ? "in a dataset" : "in dataset " + String.join(", ", missing),
          options.lakes().stream().map(Lake::root).collect(Collectors.joining(", ")));
    }
    return albums;
  }

  private static List<String> datasets(Dataset<Row> faces) {
    return faces
        .select(FacesTable.DATASET)
        .distinct()
        .orderBy(FacesTable.DATASET)
        .as(Encoders.STRING())
        .collectAsList();
  }

  private Album album(Lake lake, String dataset, Dataset<Row> all) {
    Dataset<Row> faces = all.where(col(FacesTable.DATASET).equalTo(dataset));
    OneEmbedder embedder =
        OneEmbedder.of(new FaceSelection(PeopleTable.OF_DATASET + dataset, faces));
    double own = ownThresholds.computeIfAbsent(embedder.embedder(), this::ownThreshold);
    return new Album(lake, dataset, embedder, faces, own);
  }

  private List<Grouping> grouped(Album album, ContactSheetFiles sheets, Phases phases) {
    List<Grouping> groupings = new ArrayList<>();
    groupings.add(grouped(album, Kind.OWN, album.own(), sheets, phases));
    phases.begin("calibrating by %s", album.dataset());
    calibrated(album)
        .ifPresent(
            threshold -> groupings.add(grouped(album, Kind.CALIBRATED, threshold, sheets, phases)));
    return groupings;
  }

  private Grouping grouped(
      Album album, Kind kind, double threshold, ContactSheetFiles sheets, Phases phases) {
    long faces = album.embedder().faces();
    GeneratedCode.useFor(spark, faces);
    PeopleOptions search =
        new PeopleOptions(
            PeopleTable.OF_DATASET + album.dataset(),
            threshold,
            PhotoRule.ONCE_A_PHOTO,
            options.seed(),
            CellPlan.EXACT_UP_TO);
    String runId = UUID.randomUUID().toString();
    try (ScratchFolder scratch = ScratchFolder.open(album.lake(), "evaluate", runId, hadoop())) {
      Dataset<Row> people =
          new FindPeople(
                  spark,
                  search,
                  ScanPlan.of(faces, spark.sparkContext().defaultParallelism()),
                  phases)
              .people(album.faces(), faces, scratch.uri())
              .rows()
              .select(PeopleTable.FACE_ID, PeopleTable.PERSON_ID)
              .join(album.faces().drop(FacesTable.EMBEDDING), FacesTable.FACE_ID)
              .persist(StorageLevel.MEMORY_AND_DISK());
      Grouping grouping =
          new Grouping(
              album.lake().root(),
              album.dataset(),
              album.embedder().embedder(),
              kind,
              threshold,
              GroupingScores.of(cells(people)));
      if (options.folder().isPresent()) {
        sheets.add(grouping, album.lake(), people);
      }
      people.unpersist();
      return grouping;
    }
  }

  /**
   * Counts of the faces by found and true person, under numbers instead of names; the driver holds
   * one for each group and person in it, at most as many as there are faces.
   */
  private static List<Cell> cells(Dataset<Row> people) {
    Map<String, Integer> found = new HashMap<>();
    Map<String, Integer> truth = new HashMap<>();
    return people
        .groupBy(PeopleTable.PERSON_ID, FacesTable.IDENTITY)
        .agg(count(lit(1)))
        .collectAsList()
        .stream()
        .map(
            row ->
                new Cell(
                    found.computeIfAbsent(row.getString(0), name -> found.size()),
                    truth.computeIfAbsent(row.getString(1), name -> truth.size()),
                    row.getLong(2)))
        .toList();
  }

  private double ownThreshold(String label) {
    Embedder embedder =
        Arrays.stream(Embedder.values())
            .filter(one -> one.toString().equals(EmbedderLabel.name(label)))
            .findFirst()
            .orElseThrow(() -> new UserError("there is no embedder that makes %s", label));
    VerifiedModel model = models.apply(embedder);
    if (!EmbedderLabel.isOf(label, model.sha256())) {
      throw new UserError(
          "faces of %s were embedded by another file than this machine's %s, whose sha256 is %s;"
              + " fetch the one that index used",
          label, embedder, model.sha256());
    }
    return embedder.loss(model.bytes()).thresholdAsWritten();
  }

  private Optional<Double> calibrated(Album album) {
    if (options.calibration() instanceof Thresholds.OfFile file) {
      return Optional.of(file.threshold().of(album.embedder().embedder(), hadoop()));
    }
    double rate = ((Thresholds.SameFaces) options.calibration()).falseMatchRate();
    CalibrateOptions.Source.OfLake source =
        new CalibrateOptions.Source.OfLake(
            album.lake(), List.of(album.dataset()), sampleFaces(rate), options.seed());
    SampledPairs sample =
        new LakePairs(spark, album.embedder().embedder(), album.faces(), source, rate)
            .samples(ImageGroups.none())
            .get(0);
    Calibration calibration = Calibration.of(sample.pairs(), rate);
    if (Double.isNaN(calibration.threshold())) {
      notes.add(
          "%s has no threshold for a false match rate of %s: %s (%,.0f of two people)"
              .formatted(
                  album.dataset(), rate, calibration.basis(), sample.pairs().impostorPairs()));
      return Optional.empty();
    }
    if (calibration.basis() != Calibration.Basis.MEASURED) {
      notes.add(
          "the threshold of %s for a false match rate of %s rests on: %s"
              .formatted(album.dataset(), rate, calibration.basis()));
    }
    return Optional.of(calibration.threshold());
  }

  /** As many as {@code calibrate} draws, fewer where so many of their pairs match. */
  private static int sampleFaces(double rate) {
    return (int) Math.min(SAMPLE_FACES, Math.sqrt(MOST_MATCHES / rate));
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
