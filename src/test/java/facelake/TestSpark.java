package facelake;

import facelake.spark.Sessions;
import org.apache.spark.sql.SparkSession;

/** The embedded session that the tests of one JVM share. */
public final class TestSpark {
  /**
   * A folder for a lake, of characters that mean something to a shell, to SQL, to globs, to URIs or
   * to Spark's variables.
   */
  public static final String ODD_FOLDER = "la ke[1]{a,b}*?'\"#%20,;=&$x${user.home}";

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
