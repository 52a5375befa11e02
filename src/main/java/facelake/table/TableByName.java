package facelake.table;

import facelake.UserError;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.CheckpointInstance;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.LastCheckpointInfo;

/**
 * A table of a lake by its name alone, whatever its columns are: for putting its files in order,
 * and for taking rows out of it for good, its history with them.
 */
public final class TableByName {
  private static final String APPEND_ONLY = "delta.appendOnly";
  private static final String DELETION_VECTORS = "delta.enableDeletionVectors";

  /** What begins with a version: commits, checksums and checkpoints of all kinds. */
  private static final Pattern VERSIONED = Pattern.compile("(\\d{20})\\..*");

  private static final String LAST_CHECKPOINT = "_last_checkpoint";

  /** The folder of what checkpoints refer to. */
  private static final String SIDECARS = "_sidecars";

  private static final int AT_ONCE = 4;

  private static final Map<String, String> VACUUM =
      Map.of(
          "spark.databricks.delta.retentionDurationCheck.enabled", "false",
          // Delta goes on without a checkpoint that failed, else.
          "spark.databricks.delta.checkpoint.exceptionThrowing.enabled", "true",
          // Its record is the last commit, and names no rows.
          "spark.databricks.delta.vacuum.logging.enabled", "true",
          // The default lists a small table in thousands of tasks.
          "spark.sql.sources.parallelPartitionDiscovery.parallelism", "8");

  private final SparkSession spark;
  private final String name;
  private final String path;

  private TableByName(SparkSession spark, Lake lake, String name) {
    this.spark = spark;
    this.name = name;
    this.path = lake.path(name);
  }

  /** All tables of a lake, by their names. */
  public static List<TableByName> all(SparkSession spark, Lake lake) {
    return lake.tables(spark.sparkContext().hadoopConfiguration()).stream()
        .map(name -> new TableByName(spark, lake, name))
        .toList();
  }

  /** A table that stands in the lake. */
  public static TableByName open(SparkSession spark, Lake lake, String name) {
    return new TableByName(spark, lake, name);
  }

  /** Its name in the lake. */
  public String name() {
    return name;
  }

  /** All rows, as of now, with all columns that it has. */
  public Dataset<Row> read() {
    return spark.read().format("delta").load(path);
  }

  /**
   * Deletes the rows that fulfil a condition, in one commit, also of a table that rows are
   * otherwise only added to.
   */
  public void delete(Column condition) {
    change(table -> table.delete(condition));
  }

  /** Gives columns other values in the rows that fulfil a condition, as {@link #delete} deletes. */
  public void update(Column condition, Map<String, Column> values) {
    change(table -> table.update(condition, values));
  }

  private void change(Consumer<DeltaTable> change) {
    boolean appendOnly = Boolean.parseBoolean(properties().get(APPEND_ONLY));
    if (appendOnly) {
      set(APPEND_ONLY, "false");
    }
    change.accept(DeltaTable.forPath(spark, path));
    if (appendOnly) {
      set(APPEND_ONLY, "true");
    }
  }

  /**
   * What the current version of a table is made of.
   *
   * @param files data files
   * @param bytes their length in all
   */
  public record Size(long files, long bytes) {}

  /** Of the current version. */
  public Size size() {
    Row detail = DeltaTable.forPath(spark, path).detail().select("numFiles", "sizeInBytes").head();
    return new Size(detail.getLong(0), detail.getLong(1));
  }

  /** All that lies in the folder, in bytes: older versions and the log, too. */
  public long bytesOnDisk() {
    try {
      Path folder = new Path(path);
      return folder
          .getFileSystem(spark.sparkContext().hadoopConfiguration())
          .getContentSummary(folder)
          .getLength();
    } catch (IOException e) {
      throw new UserError(e, "cannot read table %s: %s", path, e.getMessage());
    }
  }

  /**
   * Puts small data files together, which changes no row. Files of that length stay as they are.
   *
   * @param bytes how long files become, about
   */
  public void compact(long bytes) {
    with(
        spark,
        Map.of(
            "spark.databricks.delta.optimize.minFileSize", String.valueOf(bytes),
            "spark.databricks.delta.optimize.maxFileSize", String.valueOf(bytes)),
        () -> DeltaTable.forPath(spark, path).optimize().executeCompaction());
  }

  /**
   * Removes files that no version has that is younger. Older versions cannot be read any more then,
   * and whoever reads one now fails.
   */
  public void vacuum(Duration younger) {
    with(spark, VACUUM, () -> vacuum(younger.toHours()));
  }

  private void vacuum(long hours) {
    // It tells stdout what it does, where a command's answer goes.
    scala.Console.withOut(
        OutputStream.nullOutputStream(),
        () -> spark.sql("VACUUM %s RETAIN %d HOURS".formatted(inSql(), hours)));
  }

  /**
   * Leaves the rows of tables as they are now and nothing else: rewrites files of which rows were
   * deleted, removes those of older versions, and the logs up to now. Each table has one version
   * then. Nobody else may be at work on them; in the end, or when one fails, no thread is.
   *
   * @param permitted asked before each table, throws where it is not to be touched any more
   * @throws UserError when files cannot be written or removed
   */
  public static void purge(SparkSession spark, List<TableByName> tables, Runnable permitted) {
    // Most of the time of a table is waiting for small jobs, one after the other.
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      with(
          spark,
          VACUUM,
          () ->
              CompletableFuture.allOf(
                      tables.stream()
                          .map(table -> CompletableFuture.runAsync(table.purge(permitted), threads))
                          .toArray(CompletableFuture[]::new))
                  .join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof UserError error ? error : e;
    } finally {
      threads.shutdown();
    }
  }

  private Runnable purge(Runnable permitted) {
    return () -> {
      permitted.run();
      try {
        purge();
      } catch (IOException e) {
        throw new UserError(
            e,
            "cannot remove the history of table %s: %s; run the same command again when that is"
                + " mended",
            path,
            e.getMessage());
      }
    };
  }

  private void purge() throws IOException {
    if (Boolean.parseBoolean(properties().get(DELETION_VECTORS))) {
      spark.sql("REORG TABLE " + inSql() + " APPLY (PURGE)");
    }
    DeltaLog log = DeltaLog.forTable(spark, path);
    FileSystem files = log.logPath().getFileSystem(spark.sparkContext().hadoopConfiguration());
    List<Path> oldSidecars = list(files, new Path(log.logPath(), SIDECARS));
    vacuum(0);
    log.update(false, scala.Option.empty(), scala.Option.empty());
    log.checkpoint();
    long version = log.unsafeVolatileSnapshot().version();
    requireCheckpoint(log, version);
    removeLogBefore(version, files, log.logPath());
    for (Path sidecar : oldSidecars) {
      files.delete(sidecar, false);
    }
    // A partition's folder has its value for a name.
    EmptyFolders.removeBelow(new Path(path), files);
    DeltaLog.invalidateCache(spark, new Path(path));
  }

  /** Without it the table could not be read any more once the log before it is gone. */
  private static void requireCheckpoint(DeltaLog log, long version) throws IOException {
    scala.Option<LastCheckpointInfo> named = log.readLastCheckpointFile();
    scala.Option<CheckpointInstance> complete = log.findLastCompleteCheckpointBefore(version + 1);
    if (named.isEmpty()
        || named.get().version() != version
        || complete.isEmpty()
        || complete.get().version() != version) {
      throw new IOException(
          "version %d has no complete checkpoint, so that the log before it stays"
              .formatted(version));
    }
  }

  /**
   * From the oldest on, so that what is left of a killed run is a log that can be read. What killed
   * writers have left goes too.
   */
  private static void removeLogBefore(long version, FileSystem files, Path log) throws IOException {
    FileStatus[] all = files.listStatus(log);
    Arrays.sort(all);
    for (FileStatus file : all) {
      if (!isKept(file.getPath().getName(), version)) {
        files.delete(file.getPath(), true);
      }
    }
  }

  private static boolean isKept(String name, long version) {
    Matcher versioned = VERSIONED.matcher(name);
    return versioned.matches()
        ? Long.parseLong(versioned.group(1)) >= version
        : name.equals(LAST_CHECKPOINT) || name.equals(SIDECARS);
  }

  private static List<Path> list(FileSystem files, Path folder) throws IOException {
    return files.exists(folder)
        ? Arrays.stream(files.listStatus(folder)).map(FileStatus::getPath).toList()
        : List.of();
  }

  private static void with(SparkSession spark, Map<String, String> settings, Runnable work) {
    Map<String, String> before = new LinkedHashMap<>();
    settings.forEach(
        (key, value) -> {
          before.put(key, spark.conf().get(key, null));
          spark.conf().set(key, value);
        });
    try {
      work.run();
    } finally {
      before.forEach(
          (key, value) -> {
            if (value == null) {
              spark.conf().unset(key);
            } else {
              spark.conf().set(key, value);
            }
          });
    }
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    List<Row> rows = spark.sql("SHOW TBLPROPERTIES " + inSql()).collectAsList();
    rows.forEach(row -> properties.put(row.getString(0), row.getString(1)));
    return properties;
  }

  private void set(String property, String value) {
    spark.sql("ALTER TABLE %s SET TBLPROPERTIES ('%s' = '%s')".formatted(inSql(), property, value));
  }

  private String inSql() {
    return "delta.`" + path.replace("`", "``") + "`";
  }
}
