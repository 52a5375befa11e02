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
      session = Sessions.open("facelake tests");
    }
    return session;
  }
}
