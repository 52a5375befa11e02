package facelake.spark;

import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * Says what a job is doing now: to Spark's own pages, as the description of the Spark jobs that
 * follow, and to whoever watches the run.
 */
public final class Phases implements AutoCloseable {
  private final SparkSession spark;
  private final String job;
  private final Consumer<String> watcher;

  /**
   * The phases of one job.
   *
   * @param job what is done to what, such as {@code index holidays}
   * @param watcher is told each phase in words, {@code index holidays: listing the inputs}
   */
  public Phases(SparkSession spark, String job, Consumer<String> watcher) {
    this.spark = spark;
    this.job = job;
    this.watcher = watcher;
  }

  /** Phases that only Spark's pages show. */
  public static Phases unwatched(SparkSession spark, String job) {
    return new Phases(spark, job, phase -> {});
  }

  /** Begins a phase, which ends the one before. */
  public void begin(String phase, Object... values) {
    String text = job + ": " + phase.formatted(values);
    spark.sparkContext().setJobDescription(text);
    watcher.accept(text);
  }

  /** Ends the last phase. */
  @Override
  public void close() {
    spark.sparkContext().setJobDescription(null);
  }
}
