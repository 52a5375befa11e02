package facelake.job;

import facelake.UserError;
import facelake.spark.Phases;
import facelake.table.Lake;
import facelake.table.TableByName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Puts the files of a lake's tables in order.
 *
 * <p>In: all tables of a lake. Out: the same rows in fewer and larger files, and nothing of
 * versions that are older than what is kept. No other run may be at work on the lake.
 *
 * <pre>jobs/facelake maintain --lake DIR</pre>
 */
public final class MaintainJob {
  /**
   * Files of this length give a task of Spark's some seconds of work, and a hundred million faces a
   * few hundred files.
   */
  private static final long FILE_BYTES = 256L << 20;

  private final SparkSession spark;
  private final Lake lake;
  private final Duration keep;
  private final Consumer<String> watcher;

  /**
   * A job that runs once.
   *
   * @param keep how old the versions may be that stay
   * @param watcher is told each part of the work as it begins
   */
  public MaintainJob(SparkSession spark, Lake lake, Duration keep, Consumer<String> watcher) {
    this.spark = spark;
    this.lake = lake;
    this.keep = keep;
    this.watcher = watcher;
  }

  /**
   * Goes through the tables.
   *
   * @throws UserError when the lake has no tables or cannot be written, and while another run is at
   *     work on it
   */
  public MaintainResult execute() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Instant start = Instant.now();
    List<TableByName> tables = TableByName.all(spark, lake);
    if (tables.isEmpty()) {
      throw new UserError(
          "there are no tables in lake %s; name the folder that jobs/facelake index wrote to with"
              + " --lake",
          lake.root());
    }
    lake.requireWritable(hadoop);
    String runId = UUID.randomUUID().toString();
    try (RunClaim claim = RunClaim.exclusive(lake, "maintain", runId, hadoop);
        Phases phases = new Phases(spark, "maintain", watcher)) {
      List<MaintainResult.Table> done = new ArrayList<>();
      for (TableByName table : tables) {
        claim.requireHeld();
        phases.begin("table %s", table.name());
        done.add(maintain(table));
      }
      return new MaintainResult(done, Duration.between(start, Instant.now()).toMillis() / 1e3);
    }
  }

  private MaintainResult.Table maintain(TableByName table) {
    TableByName.Size before = table.size();
    long onDisk = table.bytesOnDisk();
    table.compact(FILE_BYTES);
    table.vacuum(keep);
    return new MaintainResult.Table(
        table.name(), before, table.size(), onDisk, table.bytesOnDisk());
  }
}
