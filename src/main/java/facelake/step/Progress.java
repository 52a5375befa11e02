package facelake.step;

import facelake.pipeline.ProcessedImage;
import java.io.Serializable;
import org.apache.spark.SparkContext;
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

  private Progress(
      LongAccumulator images,
      LongAccumulator faces,
      LongAccumulator failures,
      LongAccumulator loads) {
    this.images = images;
    this.faces = faces;
    this.failures = failures;
    this.loads = loads;
  }

  /** Counters at zero. */
  public static Progress start(SparkContext spark) {
    return new Progress(
        spark.longAccumulator("images"),
        spark.longAccumulator("faces"),
        spark.longAccumulator("failed images"),
        spark.longAccumulator("model loads"));
  }

  void count(ProcessedImage<?> image) {
    images.add(1);
    faces.add(image.faces().size());
    if (image.failure() != null) {
      failures.add(1);
    }
  }

  void countLoad() {
    loads.add(1);
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

  /** How often the set of models was loaded: once in each executor JVM that had work. */
  public long loads() {
    return loads.value();
  }
}
