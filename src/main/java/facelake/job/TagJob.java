package facelake.job;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import facelake.UserError;
import facelake.match.DistanceLikelihood;
import facelake.match.NamingRule;
import facelake.pipeline.Embedder;
import facelake.spark.GeneratedCode;
import facelake.spark.Phases;
import facelake.spark.Stored;
import facelake.step.ScanPlan;
import facelake.step.tag.FaceNames;
import facelake.step.tag.NearestGallery;
import facelake.step.tag.TagChanges;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import facelake.table.TagVerdict;
import facelake.table.TagsTable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Names the faces of a lake by a gallery of faces with names.
 *
 * <p>In: the tables {@code images} and {@code faces} of a lake, and a folder with one folder a
 * person, which is indexed into the lake, or datasets of the lake with identities. Out: the rows of
 * that gallery in the table {@code tags}, one a face, put in the place of its old ones in one
 * commit, and a row in {@code runs}. The same faces, options and datasets that were tagged before
 * give the same rows, whatever earlier runs have done; what these have compared is not compared
 * again. While it runs, a folder of the lake, {@code _tag_RUN}, holds what was found.
 *
 * <pre>jobs/facelake tag --lake DIR --gallery DIR --threshold 0.6</pre>
 */
public final class TagJob {
  private final SparkSession spark;
  private final TagOptions options;
  private final IndexWatcher watcher;
  private final Lake lake;
  private final String gallery;
  private final String runId = UUID.randomUUID().toString();

  /**
   * A job that runs once.
   *
   * @param watcher is told each part of the work as it begins
   */
  public TagJob(SparkSession spark, TagOptions options, IndexWatcher watcher) {
    this.spark = spark;
    this.options = options;
    this.watcher = watcher;
    this.lake = options.lake();
    this.gallery = String.join(",", options.gallery().datasets());
  }

  /**
   * Compares the faces and writes the names.
   *
   * @throws UserError when there are no such faces or no such gallery, when their embeddings cannot
   *     be compared, or when the lake cannot be written
   */
  public TagResult execute() {
    Instant start = Instant.now();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    try (Phases phases = new Phases(spark, "tag", watcher::phase)) {
      lake.requireWritable(hadoop);
      phases.begin("choosing faces");
      List<String> datasets = datasets();
      FaceSelection chosen = FaceSelection.of(FacesTable.open(spark, lake).readWhole(), datasets);
      OneEmbedder embedder = OneEmbedder.of(chosen);
      GeneratedCode.useFor(spark, embedder.faces());
      double threshold = options.threshold().of(embedder.embedder(), hadoop);
      try (RunClaim claim = RunClaim.shared(lake, "tag by gallery " + gallery, runId, hadoop);
          ScratchFolder scratch = ScratchFolder.open(lake, "tag", runId, hadoop)) {
        GalleryFaces faces =
            GalleryFaces.open(
                spark, options, embedder.embedder(), scratch.uri() + "/gallery", watcher);
        phases.begin("choosing faces of the gallery");
        TagResult.GalleryCount count = faces.counted();
        requireComparable(faces, embedder);
        TagsTable table = TagsTable.create(spark, lake);
        Dataset<Row> probes = Stored.rows(probes(chosen.faces()), scratch.uri() + "/faces");
        long tagged = probes.count();
        Work work = new Work(probes, tagged, embedder.embedder(), faces, count, threshold);
        claim.requireHeld();
        Compared compared = write(work, table, scratch.uri(), phases);
        phases.begin("summary");
        TagResult result =
            new TagSummary(table, gallery, faces.warnings())
                .result(datasets, threshold, tagged, compared, count, start);
        RunsTable.create(spark, lake).append(run(result, start));
        return result;
      }
    }
  }

  /** Names of the datasets that are tagged, sorted. */
  private List<String> datasets() {
    Set<String> known = new TreeSet<>(ImagesTable.open(spark, lake).datasetsWithFaces());
    Set<String> chosen = new TreeSet<>(known);
    if (!options.datasets().isEmpty()) {
      // Those that were tagged before are not forgotten, and so have to be as the others are.
      chosen.retainAll(taggedBefore());
      chosen.addAll(options.datasets());
    }
    options.gallery().datasets().forEach(chosen::remove);
    if (chosen.isEmpty()) {
      throw new UserError(
          "lake %s has no faces but those of the gallery; index the photos that are to be tagged:"
              + " jobs/facelake index --help",
          lake.root());
    }
    return List.copyOf(chosen);
  }

  private List<String> taggedBefore() {
    if (!lake.tables(spark.sparkContext().hadoopConfiguration()).contains(TagsTable.NAME)) {
      return List.of();
    }
    return TagsTable.open(spark, lake)
        .read()
        .where(col(TagsTable.GALLERY).equalTo(gallery))
        .where(col(TagsTable.VERDICT).notEqual(TagVerdict.GALLERY.label()))
        .select(TagsTable.DATASET)
        .distinct()
        .as(Encoders.STRING())
        .collectAsList();
  }

  private void requireComparable(GalleryFaces faces, OneEmbedder embedder) {
    if (!faces.embedder().equals(embedder.embedder())) {
      throw new UserError(
          "the gallery %s has embeddings of %s, and the faces to be tagged of %s, which cannot be"
              + " compared; index one of them again (index --reindex) with the options of the other",
          gallery, faces.embedder(), embedder.embedder());
    }
  }

  /** What is compared with what. */
  private record Work(
      Dataset<Row> probes,
      long faces,
      String embedder,
      GalleryFaces gallery,
      TagResult.GalleryCount count,
      double threshold) {}

  /**
   * How much was compared.
   *
   * @param withAll faces that were compared with the whole gallery
   * @param newFaces faces of the gallery that the others were compared with
   */
  record Compared(long withAll, long newFaces) {}

  private Compared write(Work work, TagsTable table, String folder, Phases phases) {
    phases.begin("looking for what has changed");
    Dataset<Row> old =
        table
            .read()
            .where(col(TagsTable.GALLERY).equalTo(gallery))
            .where(col(TagsTable.EMBEDDER).equalTo(work.embedder()));
    try (TagChanges changes = TagChanges.since(old, work.probes(), work.gallery().rows())) {
      long known = changes.known().count();
      Compared compared =
          new Compared(work.faces() - known, known == 0 ? 0 : changes.newGallery().count());
      Dataset<Row> found = found(changes, work, compared, folder, phases);
      phases.begin("naming %,d faces", work.faces());
      FaceNames names = new FaceNames(rule(work), options.top());
      table.replaceGallery(
          gallery, complete(names.of(found).unionByName(galleryRows(work.gallery())), work));
      return compared;
    }
  }

  private static Dataset<Row> probes(Dataset<Row> faces) {
    return faces.select(
        col(FacesTable.FACE_ID),
        col(FacesTable.DATASET),
        col(FacesTable.URI),
        col(FacesTable.RUN_ID).as(TagsTable.FACE_RUN),
        col(FacesTable.EMBEDDING));
  }

  /** What was found near each face, by earlier runs and this one. */
  private Dataset<Row> found(
      TagChanges changes, Work work, Compared compared, String folder, Phases phases) {
    long known = work.faces() - compared.withAll();
    Dataset<Row> found = changes.known();
    if (compared.newFaces() > 0) {
      found =
          found.unionByName(
              scan(known, phases)
                  .found(changes.knownFaces(), changes.newGallery(), folder + "/known"));
    }
    if (compared.withAll() > 0) {
      found =
          found.unionByName(
              scan(compared.withAll(), phases)
                  .found(changes.fresh(), work.gallery().rows(), folder + "/fresh"));
    }
    return found;
  }

  private NearestGallery scan(long faces, Phases phases) {
    ScanPlan plan = ScanPlan.of(faces, spark.sparkContext().defaultParallelism());
    return new NearestGallery(spark, plan, phases);
  }

  private NamingRule rule(Work work) {
    boolean known = EmbedderLabel.isPlain(work.embedder(), Embedder.RESNET_V1);
    return new NamingRule(
        work.threshold(),
        Math.toIntExact(work.count().people()),
        known ? DistanceLikelihood.RESNET_V1 : null);
  }

  /** The rows of the gallery's own faces, by which the next run sees what is new of it. */
  private static Dataset<Row> galleryRows(GalleryFaces gallery) {
    Map<String, Column> values =
        Map.of(
            TagsTable.FACE_ID, col(FacesTable.FACE_ID),
            TagsTable.DATASET, col(FacesTable.DATASET),
            TagsTable.URI, col(FacesTable.URI),
            TagsTable.VERDICT, lit(TagVerdict.GALLERY.label()),
            TagsTable.PERSON, col(FacesTable.IDENTITY),
            TagsTable.CANDIDATES, array(),
            TagsTable.NEIGHBOURS, array(),
            TagsTable.FACE_RUN, col(FacesTable.RUN_ID));
    return gallery
        .named()
        .select(
            Arrays.stream(FaceNames.SCHEMA.fields())
                .map(
                    field ->
                        values
                            .getOrDefault(field.name(), lit(null))
                            .cast(field.dataType())
                            .as(field.name()))
                .toArray(Column[]::new));
  }

  private Dataset<Row> complete(Dataset<Row> rows, Work work) {
    return rows.withColumn(TagsTable.GALLERY, lit(gallery))
        .withColumn(TagsTable.THRESHOLD, lit((float) work.threshold()))
        .withColumn(TagsTable.EMBEDDER, lit(work.embedder()))
        .withColumn(TagsTable.RUN_ID, lit(runId));
  }

  private RunRecord run(TagResult result, Instant start) {
    return RunRecord.ofFaces(
        runId,
        "tag",
        result.datasets().size() == 1 ? result.datasets().get(0) : null,
        start,
        result.faces(),
        Map.of(
            "gallery", gallery,
            "datasets", String.join(",", result.datasets()),
            "threshold", options.threshold().described(result.threshold()),
            "top", String.valueOf(options.top())),
        Map.of(
            "gallery_faces", (double) result.galleryFaces().faces(),
            "gallery_people", (double) result.galleryFaces().people(),
            "named", (double) result.named(),
            "compared_with_all", (double) result.compared(),
            "new_gallery_faces", (double) result.newFaces()),
        spark.version());
  }
}
