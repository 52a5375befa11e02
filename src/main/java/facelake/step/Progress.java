package facelake.step;

import facelake.pipeline.FaceModels;
import facelake.pipeline.ProcessedImage;
import java.io.Serializable;
import java.util.OptionalDouble;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * Counts what tasks have done so far, for people who watch. Spark adds the counts of a task when it
 * ends, and those of a task that had to run again twice; the figures of a finished run come from
 * its rows instead.
 */
public final class Progress implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LongAccumulator images;
  private final LongAccumulator faces;
  private final LongAccumulator failures;
  private final LongAccumulator loads;
  private final CollectionAccumulator<Double> selfChecks;

  private Progress(
      LongAccumulator images,
      LongAccumulator faces,
      LongAccumulator failures,
      LongAccumulator loads,
      CollectionAccumulator<Double> selfChecks) {
    this.images = images;
    this.faces = faces;
    this.failures = failures;
    this.loads = loads;
    this.selfChecks = selfChecks;
  }

  /** Counters at zero. */
  public static Progress start(SparkContext spark) {
    return new Progress(
        spark.longAccumulator("images"),
        spark.longAccumulator("faces"),
        spark.longAccumulator("failed images"),
        spark.longAccumulator("model loads"),
        spark.collectionAccumulator("self-check"));
  }

  void count(ProcessedImage<?> image) {
    images.add(1);
    faces.add(image.faces().size());
    if (image.failure() != null) {
      failures.add(1);
    }
  }

  void countLoad(FaceModels loaded) {
    loads.add(1);
    loaded.selfCheck().ifPresent(selfChecks::add);
  }

  /** Images done. */
  public long images() {
    return images.value();
  }

  /** Faces found. */
  public long faces() {
    return faces.value();
  }

  /** Images that failed. */
  public long failures() {
    return failures.value();
  }

  /** The greatest distance that a self-check found; empty where none was made. */
  public OptionalDouble selfCheck() {
    return selfChecks.value().stream().mapToDouble(Double::doubleValue).max();
  }

  /** How often the set of models was loaded: once in each executor JVM that had work. */
  public long loads() {
    return loads.value();
  }
}
