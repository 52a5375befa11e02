package facelake.step;

import facelake.pipeline.EncodedImage;
import facelake.pipeline.FaceModels;
import facelake.pipeline.FacePipeline;
import facelake.pipeline.PipelineOptions;
import facelake.pipeline.ProcessedImage;
import facelake.spark.Iterators;
import facelake.spark.PerExecutor;
import facelake.spark.TaskScope;
import facelake.step.forget.Forgotten;
import facelake.step.source.Fetched;
import facelake.step.source.SourceImage;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Map;
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
 */
public final class FindFaces implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final PerExecutor<Key, FaceModels> MODELS = new PerExecutor<>();

  /** Runs of one session with other models or options have their own. */
  private record Key(String fingerprint, PipelineOptions options) {}

  private final PipelineOptions options;
  private final Broadcast<Map<String, byte[]>> models;
  private final String fingerprint;
  private final Progress progress;
  private final Forgotten forgotten;

  /**
   * A step for one run.
   *
   * @param models the bytes of each of the options' models, by name
   * @param fingerprint of options and models
   * @param forgotten whose photos and faces are left out
   */
  public FindFaces(
      PipelineOptions options,
      Broadcast<Map<String, byte[]>> models,
      String fingerprint,
      Progress progress,
      Forgotten forgotten) {
    this.options = options;
    this.models = models;
    this.fingerprint = fingerprint;
    this.progress = progress;
    this.forgotten = forgotten;
  }

  /** The images with their faces; evaluated as the result is. */
  public Dataset<Row> rows(SparkSession spark, JavaRDD<Fetched> images, ImageRows rows) {
    return spark.createDataFrame(
        images
            .filter(image -> !forgotten.isKnown(image))
            .mapPartitions(partition -> processed(partition, rows)),
        ImageRows.SCHEMA);
  }

  private Iterator<Row> processed(Iterator<Fetched> images, ImageRows rows) {
    FacePipeline pipeline = MODELS.get(new Key(fingerprint, options), this::load).open();
    TaskScope.onCompletion(pipeline);
    Iterator<ProcessedImage<SourceImage>> processed =
        pipeline.process(Iterators.map(images, FindFaces::encoded));
    return Iterators.map(
        processed,
        image -> {
          progress.count(image);
          return rows.row(forgotten.without(image));
        });
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
