package facelake.spark;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Whether Spark generates code for each query and compiles it: over small tables that takes longer
 * than it saves. An embedded session begins without, and a job of many rows asks for it. Settings
 * that were given stay as they are.
 */
public final class GeneratedCode {
  /** Queries over 300,000 faces took as long with generated code as without (docs/performance). */
  private static final long WORTH_IT = 500_000;

  private static final String KEY = "spark.facelake.generatedCode";
  private static final String BY_ROWS = "by-rows";

  private static final Map<String, String> WITHOUT =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN");

  private static final Map<String, String> WITH =
      Map.of(
          "spark.sql.codegen.wholeStage", "true",
          "spark.sql.codegen.factoryMode", "FALLBACK");

  private GeneratedCode() {}

  /**
   * Turns it off, where nothing was said of it.
   *
   * @param conf with all that was said
   */
  static void leaveOut(SparkConf conf) {
    if (WITHOUT.keySet().stream().noneMatch(conf::contains)) {
      WITHOUT.forEach(conf::set);
      conf.set(KEY, BY_ROWS);
    }
  }

  /** Turns it on where so many rows are worth it, for the rest of the session. */
  public static void useFor(SparkSession spark, long rows) {
    if (rows >= WORTH_IT && spark.conf().get(KEY, "").equals(BY_ROWS)) {
      WITH.forEach((key, value) -> spark.conf().set(key, value));
    }
  }
}
