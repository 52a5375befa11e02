package facelake.table;

import static org.apache.spark.sql.functions.col;

import facelake.UserError;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One Delta table of one lake: the part that all tables share. */
final class DeltaFile {
  private static final String FORMAT = "delta";

  private final SparkSession spark;
  private final TableSpec spec;
  private final String path;

  private DeltaFile(SparkSession spark, Lake lake, TableSpec spec) {
    this.spark = spark;
    this.spec = spec;
    this.path = lake.path(spec.name());
  }

  /**
   * The table, made where it does not stand yet. Schema, comments and checks arrive in one commit,
   * so that no reader or writer ever meets a table without its checks, and of two creators at once
   * one wins and the other takes what is there.
   */
  static DeltaFile create(SparkSession spark, Lake lake, TableSpec spec) {
    DeltaFile file = new DeltaFile(spark, lake, spec);
    if (!file.exists()) {
      try {
        file.builder().execute();
      } catch (RuntimeException e) {
        if (!file.exists()) {
          throw e;
        }
      }
    }
    return file.checked();
  }

  /**
   * The table that stands in the lake.
   *
   * @throws UserError when there is none
   */
  static DeltaFile open(SparkSession spark, Lake lake, TableSpec spec) {
    DeltaFile file = new DeltaFile(spark, lake, spec);
    if (!file.exists()) {
      throw new UserError(
          "lake %s has no table '%s'; fill it with jobs/facelake index, or name another folder"
              + " with --lake",
          lake.root(), spec.name());
    }
    return file.checked();
  }

  private DeltaTableBuilder builder() {
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark)
            .location(path)
            .comment(spec.comment())
            .addColumns(spec.schema());
    if (!spec.partitions().isEmpty()) {
      builder.partitionedBy(spec.partitions().toArray(String[]::new));
    }
    spec.checks().forEach((name, check) -> builder.property("delta.constraints." + name, check));
    spec.properties().forEach(builder::property);
    return builder;
  }

  private boolean exists() {
    return DeltaTable.isDeltaTable(spark, path);
  }

  private DeltaFile checked() {
    List<String> found = Arrays.asList(read().columns());
    List<String> missing =
        Arrays.stream(spec.schema().fieldNames()).filter(name -> !found.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new UserError(
          "table %s lacks the columns %s: another version of facelake wrote it; index into a new"
              + " lake",
          path, String.join(", ", missing));
    }
    return this;
  }

  SparkSession spark() {
    return spark;
  }

  /** All rows, as of now. */
  Dataset<Row> read() {
    return spark.read().format(FORMAT).load(path);
  }

  /** Adds rows in one commit; columns are taken by name. */
  void append(Dataset<Row> rows) {
    writer(rows).mode("append").save(path);
  }

  /** Puts rows in the place of all rows that fulfil a SQL condition, in one commit. */
  void replaceWhere(String condition, Dataset<Row> rows) {
    writer(rows).mode("overwrite").option("replaceWhere", condition).save(path);
  }

  /** The table under an alias, for a merge. */
  DeltaTable as(String alias) {
    return DeltaTable.forPath(spark, path).as(alias);
  }

  /** The table's columns of a Dataset, in the table's order. */
  Dataset<Row> ownColumns(Dataset<Row> rows) {
    return rows.select(
        Arrays.stream(spec.schema().fieldNames())
            .map(name -> col("`" + name + "`"))
            .toArray(Column[]::new));
  }

  private DataFrameWriter<Row> writer(Dataset<Row> rows) {
    return ownColumns(rows).write().format(FORMAT);
  }
}
