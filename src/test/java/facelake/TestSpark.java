package facelake;

import facelake.spark.Sessions;
import org.apache.spark.sql.SparkSession;

/** The embedded session that the tests of one JVM share. */
public final class TestSpark {
  private static SparkSession session;

  private TestSpark() {}

  /** The session as jobs get it, on two cores; never closed by a test. */
  public static synchronized SparkSession session() {
    if (session == null || session.sparkContext().isStopped()) {
      System.setProperty("spark.master", "local[2]");
      System.setProperty("spark.sql.shuffle.partitions", "2");
      // Tables of a few rows: to plan each query anew after each of its stages takes a fifth of the
      // time, and finds nothing. The tests of the launcher run as users do.
      System.setProperty("spark.sql.adaptive.enabled", "false");
      System.setProperty("spark.databricks.delta.snapshotPartitions", "1");
      session = Sessions.open("facelake tests");
    }
    return session;
  }
}
