package facelake.job;

import facelake.UserError;
import facelake.table.Lake;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/**
 * Tables that a run keeps for the next one, and that can be made anew at any time: one that cannot
 * be read is taken away, which a note says.
 */
final class KeptTables {
  private final SparkSession spark;
  private final Lake lake;
  private final List<String> notes = new ArrayList<>();

  KeptTables(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /**
   * What a table says.
   *
   * @param nothing what stands for a table that is not there or cannot be read
   */
  <T> T read(String table, T nothing, Callable<T> reading) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    if (!lake.tables(hadoop).contains(table)) {
      return nothing;
    }
    try {
      return reading.call();
    } catch (Exception e) { // Spark's checked exceptions come undeclared from Scala
      if (!isDamage(e)) {
        throw new IllegalStateException("table " + lake.path(table) + " could not be read", e);
      }
      lake.remove(table, hadoop);
      notes.add(
          "table %s of an earlier run was damaged, and is made anew: %s"
              .formatted(table, firstLine(e)));
      return nothing;
    }
  }

  /**
   * What a table says in parts of it that {@link #read} has not looked at.
   *
   * @throws UserError when these cannot be read
   */
  <T> T readMore(String table, Callable<T> reading) {
    try {
      return reading.call();
    } catch (Exception e) { // Spark's checked exceptions come undeclared from Scala
      if (!isDamage(e)) {
        throw new IllegalStateException("table " + lake.path(table) + " could not be read", e);
      }
      throw new UserError(
          e,
          "table %s is damaged: %s; run the command again with --afresh, which makes it anew",
          lake.path(table),
          firstLine(e));
    }
  }

  /** Writes such a table, which the run can do without: where another run does so too, not. */
  void write(Runnable writing) {
    try {
      writing.run();
    } catch (UserError e) {
      notes.add("nothing is kept for the next run: " + firstLine(e));
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Whether the table itself is at fault, and not a machine, a network or who stopped the run. */
  private static boolean isDamage(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileNotFoundException
          || cause instanceof ChecksumException
          || cause instanceof AnalysisException
          || cause instanceof UserError
          || cause.getClass().getName().startsWith("org.apache.parquet.")
          || String.valueOf(cause.getMessage()).contains("is not a Parquet file")) {
        return true;
      }
    }
    return false;
  }

  /** Sentences on tables that could not be read. */
  List<String> notes() {
    return List.copyOf(notes);
  }
}
