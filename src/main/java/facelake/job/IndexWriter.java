package facelake.job;

import facelake.model.VerifiedModel;
import facelake.pipeline.PipelineOptions;
import facelake.spark.Phases;
import facelake.step.FindFaces;
import facelake.step.ImageRows;
import facelake.step.Progress;
import facelake.step.journal.ChunkClaims;
import facelake.step.source.Chunks;
import facelake.step.source.ImageSource;
import facelake.step.source.SourceImage;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Processes images chunk by chunk and commits each chunk: first to {@code faces}, then to {@code
 * images}.
 */
final class IndexWriter {
  /** Small enough that progress shows, and that a lost task costs little. */
  private static final int IMAGES_A_TASK = 64;

  private static final long BYTES_A_TASK = 64L << 20;

  /** What stands in the tables already for the images that are written. */
  enum Replacing {
    /** Nothing: the dataset is new. */
    NOTHING,
    /** Perhaps older rows, whose faces must go. */
    OLD_ROWS
  }

  private final SparkSession spark;
  private final IndexOptions options;
  private final IndexRun run;
  private final IndexJob.Guards guards;
  private final ImagesTable images;
  private final FacesTable faces;
  private final Progress progress;
  private final Phases phases;
  private final IndexTally tally = new IndexTally();

  IndexWriter(
      SparkSession spark,
      IndexOptions options,
      IndexRun run,
      IndexJob.Guards guards,
      ImagesTable images,
      FacesTable faces,
      Phases phases) {
    this.spark = spark;
    this.options = options;
    this.run = run;
    this.guards = guards;
    this.phases = phases;
    this.images = images;
    this.faces = faces;
    this.progress = Progress.start(spark.sparkContext());
  }

  /** What has been written so far. */
  IndexTally tally() {
    return tally;
  }

  /** What the tasks have counted so far. */
  Progress progress() {
    return progress;
  }

  /**
   * Processes and commits the pending images; says how many there were.
   *
   * @param pending rows of {@link SourceImage#SCHEMA}
   */
  long write(ImageSource source, Dataset<Row> pending, Replacing replacing, IndexWatcher watcher) {
    try (Chunks chunks = Chunks.of(pending, options.chunkImages())) {
      if (chunks.images() > 0) {
        write(source, chunks, replacing, watcher);
      }
      return chunks.images();
    }
  }

  private void write(ImageSource source, Chunks chunks, Replacing replacing, IndexWatcher watcher) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<Map<String, byte[]>> models = context.broadcast(bytes(run.models().values()));
    FindFaces step =
        new FindFaces(
            options.pipeline(),
            models,
            run.pipeline(),
            progress,
            options.limits(),
            guards.forgotten());
    long count = (chunks.images() + options.chunkImages() - 1) / options.chunkImages();
    try (IndexWatcher.Watch watching = watcher.start(progress, chunks.images())) {
      for (int number = 1; chunks.hasNext(); number++) {
        List<SourceImage> chunk = chunks.next();
        phases.begin("chunk %,d of %,d, %,d images", number, count, chunk.size());
        int partitions = partitions(chunk, spark.sparkContext().defaultParallelism());
        ChunkClaims claims = guards.journal().chunk(chunk, partitions);
        commit(step.rows(spark, source.read(chunk, partitions), rows(), claims), replacing);
      }
    } finally {
      models.destroy();
    }
  }

  private void commit(Dataset<Row> rows, Replacing replacing) {
    rows.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      guards.claim().requireHeld();
      faces.append(ImageRows.faces(rows));
      guards.claim().requireHeld();
      images.upsert(options.dataset(), ImageRows.images(rows));
      if (replacing == Replacing.OLD_ROWS) {
        faces.deleteOrphans(options.dataset());
      }
      tally.add(ImageRows.images(rows));
    } finally {
      rows.unpersist();
    }
  }

  /** Pieces that images are processed in, enough for so many tasks at once. */
  static int partitions(List<SourceImage> chunk, int slots) {
    long bytes = chunk.stream().mapToLong(SourceImage::bytes).sum();
    long wanted = Math.max(chunk.size() / IMAGES_A_TASK, bytes / BYTES_A_TASK);
    long atLeastSlots = Math.max(wanted, slots);
    return (int) Math.max(1, Math.min(atLeastSlots, chunk.size()));
  }

  private ImageRows rows() {
    PipelineOptions pipeline = options.pipeline();
    VerifiedModel embedder = run.models().get(pipeline.embedder().toString());
    return new ImageRows(
        options.dataset(),
        run.pipeline(),
        EmbedderLabel.of(pipeline, embedder.sha256()),
        run.id(),
        Instant.now());
  }

  /** The bytes of models, by name. */
  static Map<String, byte[]> bytes(Collection<VerifiedModel> models) {
    Map<String, byte[]> bytes = new HashMap<>();
    for (VerifiedModel model : models) {
      bytes.put(model.spec().name(), model.bytes());
    }
    return bytes;
  }
}
