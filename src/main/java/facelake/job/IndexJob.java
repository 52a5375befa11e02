package facelake.job;

import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;

import facelake.UserError;
import facelake.Version;
import facelake.model.VerifiedModel;
import facelake.pipeline.Fingerprint;
import facelake.step.Changes;
import facelake.step.FindFaces;
import facelake.step.ImageRows;
import facelake.step.Progress;
import facelake.step.source.Chunks;
import facelake.step.source.ImageSource;
import facelake.step.source.Listing;
import facelake.step.source.SourceImage;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Finds the faces of photos and keeps a lake's tables {@code images} and {@code faces} as the
 * photos are.
 *
 * <p>In: folders, globs, tars or tables of photos. Out: rows for every photo that is new or has
 * changed since the last run, bad ones included; rows of photos that are gone are marked. Running
 * the same command twice does nothing the second time.
 *
 * <p>Photos are worked on in chunks. Each is committed to {@code faces} first and to {@code images}
 * after, with the id of the run in both: a kill in between leaves faces without an image row of
 * their run, which the next run takes away before it does the chunk again. So no kill loses or
 * doubles a row.
 *
 * <pre>jobs/facelake index --input PHOTOS --dataset NAME --lake DIR</pre>
 */
public final class IndexJob {
  /** Hex digits of a model's hash that stand beside each embedding. */
  private static final int SHORT_HASH = 12;

  private static final int IMAGES_A_TASK = 64;
  private static final long BYTES_A_TASK = 64L << 20;

  private final SparkSession spark;
  private final IndexOptions options;
  private final Map<String, VerifiedModel> models;
  private final IndexWatcher watcher;
  private final String runId = UUID.randomUUID().toString();
  private final Instant start = Instant.now();
  private final String pipeline;

  /**
   * A job that runs once.
   *
   * @param models the files of {@link facelake.pipeline.PipelineOptions#models}
   */
  public IndexJob(
      SparkSession spark, IndexOptions options, List<VerifiedModel> models, IndexWatcher watcher) {
    this.spark = spark;
    this.options = options;
    this.models = models.stream().collect(Collectors.toMap(m -> m.spec().name(), m -> m));
    this.watcher = watcher;
    this.pipeline = Fingerprint.of(options.pipeline(), hashes());
  }

  /**
   * Brings the tables up to date.
   *
   * @throws UserError for inputs or a lake that cannot be used, and where the dataset holds rows of
   *     another pipeline
   */
  public IndexResult execute() {
    options.lake().requireWritable(spark.sparkContext().hadoopConfiguration());
    describe("listing the inputs");
    ImageSource source =
        options
            .layout()
            .map(layout -> ImageSource.open(spark, options.inputs(), layout))
            .orElseGet(() -> ImageSource.open(spark, options.inputs()));
    try (Listing listing = source.list()) {
      return update(source, listing);
    } finally {
      spark.sparkContext().setJobDescription(null);
    }
  }

  private IndexResult update(ImageSource source, Listing listing) {
    ImagesTable images = ImagesTable.create(spark, options.lake());
    FacesTable faces = FacesTable.create(spark, options.lake());
    describe("comparing the inputs with the table");
    Changes changes = Changes.of(listing, images.read(), options.dataset(), source.sources());
    faces.deleteOrphans(options.dataset());
    Progress progress = Progress.start(spark.sparkContext());
    IndexTally tally = new IndexTally();
    long unchanged = 0;
    long removed = 0;
    if (changes.isFirst()) {
      write(source, listing.images(), images, faces, progress, tally);
    } else {
      refuseToMix(changes, source.sources());
      Dataset<Row> pending = changes.pending(pipeline, options.again());
      unchanged = listing.count() - write(source, pending, images, faces, progress, tally);
      removed = markRemoved(changes, listing, images);
      if (tally.images() + removed > 0) {
        faces.deleteOrphans(options.dataset());
      }
    }
    IndexResult result = result(tally, unchanged, removed, listing, progress);
    if (!result.isNothingToDo()) {
      RunsTable.create(spark, options.lake()).append(record(result));
    }
    return result;
  }

  /** A dataset holds rows of one pipeline, so that its embeddings can be compared. */
  private void refuseToMix(Changes changes, List<String> sources) {
    Row others =
        changes
            .ofOtherPipelines(pipeline)
            .agg(
                count(ImagesTable.URI),
                collect_set(ImagesTable.PIPELINE),
                collect_set(ImagesTable.SOURCE))
            .head();
    if (others.getLong(0) == 0) {
      return;
    }
    if (options.otherPipeline() == IndexOptions.OtherPipeline.REFUSE) {
      throw new UserError(
          "dataset %s holds %d images of another pipeline (%s; this one is %s): other models or"
              + " options made them. Use those, give another --dataset, or do all images again with"
              + " --reindex",
          options.dataset(), others.getLong(0), String.join(", ", others.getList(1)), pipeline);
    }
    List<String> missing =
        others.<String>getList(2).stream().filter(input -> !sources.contains(input)).toList();
    if (!missing.isEmpty()) {
      throw new UserError(
          "--reindex would leave images of dataset %s with the old pipeline: name their inputs too:"
              + " --input %s",
          options.dataset(), String.join(" --input ", missing));
    }
  }

  /** Processes images chunk by chunk; says how many there were. */
  private long write(
      ImageSource source,
      Dataset<Row> pending,
      ImagesTable images,
      FacesTable faces,
      Progress progress,
      IndexTally tally) {
    try (Chunks chunks = Chunks.of(pending, options.chunkImages())) {
      if (chunks.images() > 0) {
        write(source, chunks, images, faces, progress, tally);
      }
      return chunks.images();
    }
  }

  private void write(
      ImageSource source,
      Chunks chunks,
      ImagesTable images,
      FacesTable faces,
      Progress progress,
      IndexTally tally) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<Map<String, byte[]>> broadcast = context.broadcast(modelBytes());
    FindFaces step = new FindFaces(options.pipeline(), broadcast, pipeline, progress);
    long count = (chunks.images() + options.chunkImages() - 1) / options.chunkImages();
    try (IndexWatcher.Watch watching = watcher.start(progress, chunks.images())) {
      for (int number = 1; chunks.hasNext(); number++) {
        List<SourceImage> chunk = chunks.next();
        describe("chunk %d of %d, %d images".formatted(number, count, chunk.size()));
        Dataset<Row> rows = step.rows(spark, source.read(chunk, partitions(chunk)), rows());
        rows.persist(StorageLevel.MEMORY_AND_DISK());
        try {
          faces.append(ImageRows.faces(rows));
          images.upsert(options.dataset(), ImageRows.images(rows));
          tally.add(ImageRows.images(rows));
        } finally {
          rows.unpersist();
        }
      }
    } finally {
      broadcast.destroy();
    }
  }

  /** Small enough that progress shows and a lost task costs little, and as many as task slots. */
  private int partitions(List<SourceImage> chunk) {
    long bytes = chunk.stream().mapToLong(SourceImage::bytes).sum();
    long wanted =
        Math.max(
            spark.sparkContext().defaultParallelism(),
            Math.max(chunk.size() / IMAGES_A_TASK, bytes / BYTES_A_TASK));
    return (int) Math.max(1, Math.min(wanted, chunk.size()));
  }

  private long markRemoved(Changes changes, Listing listing, ImagesTable images) {
    if (!listing.warnings().isEmpty()) {
      return 0; // what could not be listed is not gone
    }
    describe("marking removed images");
    Dataset<Row> removed = changes.removed().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long count = removed.count();
      if (count > 0) {
        images.markRemoved(options.dataset(), removed, runId);
      }
      return count;
    } finally {
      removed.unpersist();
    }
  }

  private ImageRows rows() {
    String embedder = options.pipeline().embedder().toString();
    return new ImageRows(
        options.dataset(),
        pipeline,
        embedder + ":" + models.get(embedder).sha256().substring(0, SHORT_HASH),
        runId,
        Instant.now());
  }

  private Map<String, String> hashes() {
    Map<String, String> hashes = new TreeMap<>();
    models.forEach((name, model) -> hashes.put(name, model.sha256()));
    return hashes;
  }

  private Map<String, byte[]> modelBytes() {
    Map<String, byte[]> bytes = new HashMap<>();
    models.forEach((name, model) -> bytes.put(name, model.bytes()));
    return bytes;
  }

  private void describe(String what) {
    spark.sparkContext().setJobDescription("index " + options.dataset() + ": " + what);
  }

  private IndexResult result(
      IndexTally tally, long unchanged, long removed, Listing listing, Progress progress) {
    return new IndexResult(
        runId,
        tally.images(),
        tally.faces(),
        tally.noFace(),
        tally.failures(),
        unchanged,
        removed,
        listing.skipped(),
        listing.warnings(),
        pipeline,
        progress.loads(),
        Duration.between(start, Instant.now()).toMillis() / 1e3);
  }

  private RunRecord record(IndexResult result) {
    Map<String, String> described = options.pipeline().described();
    described.put("input", String.join(" ", options.inputs()));
    return new RunRecord(
        runId,
        "index",
        options.dataset(),
        start,
        result.seconds(),
        new RunRecord.Counts(
            result.images(),
            result.faces(),
            result.noFace(),
            result.failed(),
            result.unchanged(),
            result.removed()),
        result.failures(),
        hashes(),
        described,
        pipeline,
        executors(),
        result.modelLoads(),
        Version.current(),
        spark.version());
  }

  /**
   * Executor JVMs at the end of the run; the driver counts only where it is the executor itself.
   */
  private int executors() {
    int processes = spark.sparkContext().statusTracker().getExecutorInfos().length;
    return Math.max(1, processes - 1);
  }
}
