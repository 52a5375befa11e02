package facelake.step;

import facelake.image.FailureClass;
import facelake.image.ImageFailure;
import facelake.pipeline.EncodedImage;
import facelake.pipeline.FaceModels;
import facelake.pipeline.FacePipeline;
import facelake.pipeline.PipelineOptions;
import facelake.pipeline.ProcessedImage;
import facelake.spark.Iterators;
import facelake.spark.PerExecutor;
import facelake.spark.TaskScope;
import facelake.step.forget.Forgotten;
import facelake.step.journal.ChunkClaims;
import facelake.step.journal.TaskClaim;
import facelake.step.source.Fetched;
import facelake.step.source.SourceImage;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the faces of images: bytes in, rows of {@link ImageRows#SCHEMA} out, one an image.
 *
 * <p>The models travel once in a broadcast and are loaded once in each executor JVM; each task has
 * a pipeline of its own over them and streams its images through.
 *
 * <p>Images over which a process died before are worked on one by one, while no other task of the
 * process is at work, so that another death is theirs. A thread that an image over its time has
 * left behind is not stopped by that.
 */
public final class FindFaces implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final PerExecutor<Key, FaceModels> MODELS = new PerExecutor<>();

  /** Images under suspicion exclude all others; fair, so that none wait for ever. */
  private static final ReadWriteLock ALONE = new ReentrantReadWriteLock(true);

  /** Runs of one session with other models or options have their own. */
  private record Key(String fingerprint, PipelineOptions options) {}

  private final PipelineOptions options;
  private final Broadcast<Map<String, byte[]>> models;
  private final String fingerprint;
  private final Progress progress;
  private final FaultLimits limits;
  private final Forgotten forgotten;
  private final TestFault fault = TestFault.given();

  /**
   * A step for one run.
   *
   * @param models the bytes of each of the options' models, by name
   * @param fingerprint of options and models
   * @param limits on what images may do
   * @param forgotten whose photos and faces are left out
   */
  public FindFaces(
      PipelineOptions options,
      Broadcast<Map<String, byte[]>> models,
      String fingerprint,
      Progress progress,
      FaultLimits limits,
      Forgotten forgotten) {
    this.options = options;
    this.models = models;
    this.fingerprint = fingerprint;
    this.progress = progress;
    this.limits = limits;
    this.forgotten = forgotten;
  }

  /**
   * The images with their faces; evaluated as the result is. An image that crashes is not found.
   */
  public Dataset<Row> rows(SparkSession spark, JavaRDD<Fetched> images, ImageRows rows) {
    return spark.createDataFrame(
        unforgotten(images).mapPartitions(partition -> rows(processed(open(), partition), rows)),
        ImageRows.SCHEMA);
  }

  /**
   * The images with their faces; evaluated as the result is.
   *
   * @param claims on these images, partition by partition
   */
  public Dataset<Row> rows(
      SparkSession spark, JavaRDD<Fetched> images, ImageRows rows, ChunkClaims claims) {
    return spark.createDataFrame(
        unforgotten(images)
            .mapPartitionsWithIndex(
                (number, partition) -> rows(claimed(partition, claims, number), rows), true),
        ImageRows.SCHEMA);
  }

  private JavaRDD<Fetched> unforgotten(JavaRDD<Fetched> images) {
    return images.filter(image -> !forgotten.isKnown(image));
  }

  private Iterator<ProcessedImage<SourceImage>> claimed(
      Iterator<Fetched> images, ChunkClaims claims, int partition) {
    FacePipeline pipeline = openBesideOthers();
    TaskClaim claim = claims.claim(partition);
    TaskScope.onCompletion(claim);
    if (claim.isUnderSuspicion()) {
      return Iterators.locked(
          Iterators.map(images, image -> alone(pipeline, image, claim)), ALONE.writeLock());
    }
    return Iterators.map(
        Iterators.locked(processed(pipeline, images), ALONE.readLock()),
        image -> remembered(image, claim));
  }

  /** Opening runs native code: not while an image is alone in this process. */
  private FacePipeline openBesideOthers() {
    ALONE.readLock().lock();
    try {
      return open();
    } finally {
      ALONE.readLock().unlock();
    }
  }

  private ProcessedImage<SourceImage> alone(
      FacePipeline pipeline, Fetched fetched, TaskClaim claim) {
    SourceImage image = fetched.image();
    Optional<ImageFailure> known = claim.known(image);
    if (known.isPresent()) {
      Fetched refused = new Fetched(image, fetched.bytes(), known.get());
      return processed(pipeline, List.of(refused).iterator()).next();
    }
    claim.begin(image);
    try {
      return remembered(processed(pipeline, List.of(fetched).iterator()).next(), claim);
    } finally {
      claim.end(image);
    }
  }

  private static ProcessedImage<SourceImage> remembered(
      ProcessedImage<SourceImage> image, TaskClaim claim) {
    if (image.failure() != null && image.failure().failureClass() == FailureClass.TIMEOUT) {
      claim.remember(image.key(), image.failure());
    }
    return image;
  }

  private Iterator<ProcessedImage<SourceImage>> processed(
      FacePipeline pipeline, Iterator<Fetched> images) {
    return pipeline.process(Iterators.map(images, FindFaces::encoded), fault::at);
  }

  private Iterator<Row> rows(Iterator<ProcessedImage<SourceImage>> images, ImageRows rows) {
    return Iterators.map(
        images,
        image -> {
          progress.count(image);
          return rows.row(forgotten.without(image));
        });
  }

  private FacePipeline open() {
    FacePipeline pipeline =
        MODELS.get(new Key(fingerprint, options), this::load).open(limits.timeout());
    TaskScope.onCompletion(pipeline);
    return pipeline;
  }

  private FaceModels load() {
    FaceModels loaded = FaceModels.load(options, models.value());
    progress.countLoad(loaded);
    return loaded;
  }

  private static EncodedImage<SourceImage> encoded(Fetched fetched) {
    return new EncodedImage<>(fetched.image(), fetched.bytes(), fetched.failure());
  }
}
