package facelake.spark;

import facelake.UserError;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Spark sessions, embedded or under spark-submit.
 *
 * <p>The settings stand in {@code conf/spark-defaults.conf} and nowhere else; spark-submit gets
 * them by {@code --properties-file}, an embedded session reads the file itself. What is set here
 * besides are the properties of being embedded, on all cores of this machine, and of being a single
 * process: it listens on this machine only, to itself, without a web page, and what Spark puts on
 * disk meanwhile, photos and embeddings among it, is in a folder that only this user can read and
 * that goes when the process ends. A system property ({@code -Dspark.ui.enabled=true}) takes
 * precedence over all of it.
 */
public final class Sessions {
  /** System property: the folder of facelake, in which {@code conf} is; default: the current. */
  private static final String HOME = "facelake.home";

  private static final String LOOPBACK = "127.0.0.1";
  private static final String SINGLE_PROCESS = "local(\\[.*])?";
  private static final int AFTER_SPARK = 1;

  private Sessions() {}

  /**
   * A session for one command; the caller closes it.
   *
   * @param appName the name that Spark's pages show
   * @throws UserError when the settings of facelake are missing
   */
  public static SparkSession open(String appName) {
    return open(appName, Map.of());
  }

  /**
   * A session for one command; the caller closes it.
   *
   * @param appName the name that Spark's pages show
   * @param settings of this command; those that were given from outside take precedence
   * @throws UserError when the settings of facelake are missing
   */
  public static SparkSession open(String appName, Map<String, String> settings) {
    SparkConf given = new SparkConf();
    settings.forEach(given::setIfMissing);
    SparkConf conf = given.contains("spark.submit.deployMode") ? given : embedded(given);
    Path temporary = temporaryFolder();
    // Lakes are folders of their own: nothing ever stands in a warehouse, which Spark makes anyway.
    conf.setIfMissing("spark.sql.warehouse.dir", temporary.resolve("warehouse").toUri().toString());
    if (conf.get("spark.master", "").matches(SINGLE_PROCESS)) {
      conf.setIfMissing("spark.driver.host", LOOPBACK);
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
      conf.setIfMissing("spark.ui.enabled", "false");
      conf.setIfMissing("spark.local.dir", temporary.toString());
      conf.setIfMissing("spark.hadoop.hadoop.tmp.dir", temporary.resolve("hadoop").toString());
      // With a secret that Spark draws for itself.
      conf.setIfMissing("spark.authenticate", "true");
    }
    if (!conf.get("spark.sql.extensions", "").contains("Delta")) {
      throw new UserError(
          "Spark runs without Delta; start it with --properties-file conf/spark-defaults.conf, as"
              + " jobs/facelake does");
    }
    try {
      return SparkSession.builder().config(conf).appName(appName).getOrCreate();
    } catch (Exception e) { // Spark's checked exceptions come undeclared from Scala
      throw new UserError(
          e,
          "Spark does not start with master %s: %s",
          conf.get("spark.master", "none"),
          rootCause(e).getMessage());
    }
  }

  private static Throwable rootCause(Throwable e) {
    return e.getCause() == null ? e : rootCause(e.getCause());
  }

  private static SparkConf embedded(SparkConf given) {
    SparkConf conf = new SparkConf(false);
    int cores = Runtime.getRuntime().availableProcessors();
    conf.set("spark.master", "local[*]")
        .set("spark.sql.shuffle.partitions", String.valueOf(2 * cores))
        .set("spark.databricks.delta.snapshotPartitions", "2");
    defaults().forEach((key, value) -> conf.set((String) key, (String) value));
    for (scala.Tuple2<String, String> setting : given.getAll()) {
      conf.set(setting._1(), setting._2());
    }
    GeneratedCode.leaveOut(conf);
    return conf;
  }

  private static Properties defaults() {
    Path file = Path.of(System.getProperty(HOME, "")).resolve("conf/spark-defaults.conf");
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      settings.load(reader);
      return settings;
    } catch (IOException e) {
      throw new UserError(
          e,
          "cannot read Spark's settings from %s; start with jobs/facelake, or set -D%s to the"
              + " folder of facelake",
          file.toAbsolutePath(),
          HOME);
    }
  }

  /** Of this user alone, as Java makes such folders. */
  private static Path temporaryFolder() {
    try {
      Path folder = Files.createTempDirectory("facelake-spark-");
      ShutdownHookManager.get()
          .addShutdownHook(() -> FileUtil.fullyDelete(folder.toFile()), AFTER_SPARK);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
