package facelake.step.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import facelake.UserError;
import facelake.spark.LiteralPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/** Opens the tables that inputs name: a folder is one table, the files of one input are one. */
final class Tables {
  private final SparkSession reader;
  private final Inputs inputs;
  private final List<TableScan> scans = new ArrayList<>();
  private final Map<Integer, List<Path>> files = new TreeMap<>();

  private Tables(SparkSession spark, Inputs inputs) {
    this.reader = rowByRow(spark);
    this.inputs = inputs;
  }

  /**
   * A scan of each table.
   *
   * @throws UserError for a table that cannot be opened or has other columns
   */
  static List<TableScan> open(SparkSession spark, Inputs inputs) {
    Tables tables = new Tables(spark, inputs);
    inputs.files().forEach(file -> tables.addFile(file.rank(), file.entry().path()));
    inputs.folders().forEach(tables::add);
    tables.files.forEach(tables::openFiles);
    return tables.scans;
  }

  /**
   * A session like the given one that reads Parquet row by row: the vectorized reader would hold
   * the contents of some thousand rows at a time.
   */
  private static SparkSession rowByRow(SparkSession spark) {
    SparkSession session = spark.newSession();
    CollectionConverters.asJava(spark.conf().getAll())
        .forEach(
            (key, value) -> {
              if (session.conf().isModifiable(key)) {
                session.conf().set(key, value);
              }
            });
    session.conf().set("spark.sql.parquet.enableVectorizedReader", false);
    return session;
  }

  private void add(Folder folder) {
    if (folder.pattern() == null) {
      openFolder(folder.rank(), folder.path());
      return;
    }
    try {
      for (Iterator<Entry> entries = folder.entries(inputs.storage()); entries.hasNext(); ) {
        Entry entry = entries.next();
        if (!Suffix.hidden(entry.path().getName())) {
          addMatch(folder.rank(), entry);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(e, folder.uri());
    }
  }

  private void addMatch(int rank, Entry entry) {
    if (entry.form() == Entry.Form.FOLDER) {
      openFolder(rank, entry.path());
    } else {
      addFile(rank, entry.path());
    }
  }

  private void addFile(int rank, Path file) {
    files.computeIfAbsent(rank, key -> new ArrayList<>()).add(file);
  }

  private void openFolder(int rank, Path folder) {
    String table = SourceUri.of(folder);
    try {
      boolean delta = inputs.storage().fileSystem(folder).exists(new Path(folder, "_delta_log"));
      scan(
          rank,
          table,
          delta
              ? reader.read().format("delta").load(folder.toString())
              : reader.read().parquet(LiteralPath.of(folder)));
    } catch (UserError e) {
      throw e;
    } catch (Exception e) {
      throw unreadable(e, table);
    }
  }

  private void openFiles(int rank, List<Path> paths) {
    String table = inputs.all().get(rank).source();
    String[] literals = paths.stream().map(LiteralPath::of).toArray(String[]::new);
    try {
      scan(rank, table, reader.read().parquet(literals));
    } catch (UserError e) {
      throw e;
    } catch (Exception e) {
      throw unreadable(e, table);
    }
  }

  private void scan(int rank, String table, Dataset<Row> rows) {
    require(table, rows, "uri", DataTypes.StringType);
    require(table, rows, "content", DataTypes.BinaryType);
    Column identity =
        Arrays.asList(rows.columns()).contains("identity") ? col("identity") : lit(null);
    String source = inputs.all().get(rank).source();
    Dataset<Row> selected = rows.select(col("uri"), col("content"), identity.cast("string"));
    scans.add(new TableScan(rank, source, table, selected.javaRDD()));
  }

  private static void require(String table, Dataset<Row> rows, String name, DataType type) {
    boolean there =
        Arrays.stream(rows.schema().fields())
            .anyMatch(field -> field.name().equals(name) && field.dataType().equals(type));
    if (!there) {
      throw new UserError(
          "Table %s has no column %s of type %s, only %s;"
              + " images in tables need uri string and content binary",
          table, name, type.simpleString(), rows.schema().simpleString());
    }
  }

  private static UserError unreadable(Exception e, String table) {
    return new UserError(
        e,
        "%s cannot be read as a table: %s; give a Delta folder, or Parquet files or their folder",
        table,
        rootMessage(e));
  }

  /**
   * Spark's own message holds the stack of a task; the reason is the first line of the last cause.
   */
  private static String rootMessage(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
