package facelake.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import facelake.UserError;
import facelake.Version;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** One Delta table of one lake: the part that all tables share. */
final class DeltaFile {
  private static final String FORMAT = "delta";
  private static final String CHECK = "delta.constraints.";
  private static final String VERSION = "facelake.lake_version";
  private static final String CURRENT = Integer.toString(Lake.VERSION);

  /** The version of tables from the time before they said theirs. */
  private static final String UNMARKED = "0";

  private static final Collector<CharSequence, ?, String> LIST = Collectors.joining(", ");
  private static final int ATTEMPTS = 10;
  private static final long MILLIS_BETWEEN_ATTEMPTS = 500;

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
   * one wins and the other takes what is there. A table of an older version gets the nullable
   * columns that it lacks in one commit, null in all its rows, then the checks and properties that
   * it lacks or has in other words, and at last the number of today's version.
   *
   * @throws UserError when the table is of a newer version, or lacks a column that is never null
   */
  static DeltaFile create(SparkSession spark, Lake lake, TableSpec spec) {
    DeltaFile file = new DeltaFile(spark, lake, spec);
    if (!file.exists()) {
      file.insist(() -> file.builder().execute(), file::exists, "make");
    }
    if (!file.isCurrent(file.checked())) {
      file.insist(file::bringUpToDate, file::isCurrent, "bring up to date");
    }
    return file;
  }

  /**
   * The table that stands in the lake. Where an older version wrote it, the nullable columns that
   * it lacks are read as null and nothing is written.
   *
   * @throws UserError when there is none, when it is of a newer version, or when it lacks a column
   *     that is never null
   */
  static DeltaFile open(SparkSession spark, Lake lake, TableSpec spec) {
    DeltaFile file = new DeltaFile(spark, lake, spec);
    if (!file.exists()) {
      throw new UserError(
          "lake %s has no table '%s'; fill it with jobs/facelake index, or name another folder"
              + " with --lake",
          lake.root(), spec.name());
    }
    file.checked();
    return file;
  }

  /** Changes the table; while another run is half-way, Delta refuses, so it is asked again. */
  private void insist(Runnable change, BooleanSupplier done, String verb) {
    for (int attempt = 1; ; attempt++) {
      try {
        change.run();
        return;
      } catch (Exception e) { // Delta's checked exceptions come undeclared from Scala
        if (done.getAsBoolean()) {
          return;
        }
        StorageFault.in(e)
            .ifPresent(
                fault -> {
                  throw fault;
                });
        if (attempt == ATTEMPTS) {
          throw new UserError(
              e,
              "cannot %s table %s: %s; choose another folder with --lake",
              verb,
              path,
              e.getMessage());
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(MILLIS_BETWEEN_ATTEMPTS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another run changes the table", e);
    }
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
    spec.checks().forEach((name, check) -> builder.property(CHECK + name, check));
    spec.properties().forEach(builder::property);
    builder.property(VERSION, CURRENT);
    return builder;
  }

  private boolean exists() {
    return DeltaTable.isDeltaTable(spark, path);
  }

  /** The properties of a table that can be used. */
  private Map<String, String> checked() {
    Map<String, String> properties = properties();
    requireKnownVersion(properties);
    String missing =
        missingColumns().filter(field -> !field.nullable()).map(StructField::name).collect(LIST);
    if (!missing.isEmpty()) {
      throw new UserError(
          "table %s lacks the columns %s: another version of facelake wrote it; index into a new"
              + " lake",
          path, missing);
    }
    return properties;
  }

  /** Of a newer version it is not known what its columns mean, and which rows must go together. */
  private void requireKnownVersion(Map<String, String> properties) {
    int version = version(properties);
    if (version > Lake.VERSION) {
      throw new UserError(
          "table %s is of lake version %d, and facelake %s knows lakes up to version %d; use the"
              + " facelake that wrote it, or a newer one (docs/upgrading.md)",
          path, version, Version.current(), Lake.VERSION);
    }
  }

  private int version(Map<String, String> properties) {
    String found = properties.getOrDefault(VERSION, UNMARKED);
    try {
      return Integer.parseInt(found);
    } catch (NumberFormatException e) {
      throw new UserError(
          e,
          "table %s has '%s' for a lake version, which is no number; set the table property %s to"
              + " %s (docs/upgrading.md)",
          path,
          found,
          VERSION,
          CURRENT);
    }
  }

  private boolean isCurrent() {
    return isCurrent(properties());
  }

  private boolean isCurrent(Map<String, String> properties) {
    return version(properties) == Lake.VERSION
        && missingColumns().findAny().isEmpty()
        && missingChecks(properties).isEmpty()
        && missingProperties(properties).isEmpty();
  }

  private void bringUpToDate() {
    List<StructField> columns = missingColumns().toList();
    if (!columns.isEmpty()) {
      alter("ADD COLUMNS (%s)".formatted(columns.stream().map(StructField::toDDL).collect(LIST)));
    }
    Map<String, String> found = properties();
    missingChecks(found)
        .forEach(
            (name, check) -> {
              if (found.containsKey(CHECK + name)) {
                alter("DROP CONSTRAINT " + name);
              }
              alter("ADD CONSTRAINT %s CHECK (%s)".formatted(name, check));
            });
    missingProperties(found)
        .forEach((name, value) -> alter("SET TBLPROPERTIES ('%s' = '%s')".formatted(name, value)));
    // The last: a table that says its version has all that belongs to it.
    if (version(found) < Lake.VERSION) {
      alter("SET TBLPROPERTIES ('%s' = '%s')".formatted(VERSION, CURRENT));
    }
  }

  private void alter(String change) {
    spark.sql("ALTER TABLE %s %s".formatted(inSql(), change));
  }

  private Stream<StructField> missingColumns() {
    Set<String> found = Set.of(load().columns());
    return Arrays.stream(spec.schema().fields()).filter(field -> !found.contains(field.name()));
  }

  private Map<String, String> missingChecks(Map<String, String> found) {
    Map<String, String> missing = new TreeMap<>(spec.checks());
    missing
        .entrySet()
        .removeIf(
            check ->
                withoutBlanks(check.getValue())
                    .equals(withoutBlanks(found.getOrDefault(CHECK + check.getKey(), ""))));
    return missing;
  }

  private Map<String, String> missingProperties(Map<String, String> found) {
    Map<String, String> missing = new TreeMap<>(spec.properties());
    missing.entrySet().removeAll(found.entrySet());
    return missing;
  }

  private Map<String, String> properties() {
    return spark.sql("SHOW TBLPROPERTIES " + inSql()).collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getString(1)));
  }

  /** Delta sets blanks in a check as it likes. */
  private static String withoutBlanks(String check) {
    return check.replaceAll("\\s", "");
  }

  private String inSql() {
    return FORMAT + ".`" + path.replace("`", "``") + "`";
  }

  SparkSession spark() {
    return spark;
  }

  /** All rows, as of now, with the columns of the schema in its order. */
  Dataset<Row> read() {
    Dataset<Row> rows = load();
    Set<String> found = Set.of(rows.columns());
    return rows.select(
        Arrays.stream(spec.schema().fields())
            .map(field -> found.contains(field.name()) ? own(field.name()) : nothing(field))
            .toArray(Column[]::new));
  }

  private Dataset<Row> load() {
    return spark.read().format(FORMAT).load(path);
  }

  private static Column nothing(StructField field) {
    return lit(null).cast(field.dataType()).as(field.name(), field.metadata());
  }

  /** Adds rows in one commit; columns are taken by name. */
  void append(Dataset<Row> rows) {
    save(writer(rows).mode("append"));
  }

  /** Puts rows in the place of all rows, in one commit. */
  void replaceAll(Dataset<Row> rows) {
    save(writer(rows).mode("overwrite"));
  }

  /** Puts rows in the place of all rows that fulfil a SQL condition, in one commit. */
  void replaceWhere(String condition, Dataset<Row> rows) {
    save(writer(rows).mode("overwrite").option("replaceWhere", condition));
  }

  /** A SQL condition for {@link #replaceWhere}: a column holds this text. */
  static String isEqual(String column, String text) {
    return column + " = " + SqlText.literal(text);
  }

  private void save(DataFrameWriter<Row> writer) {
    try {
      writer.save(path);
    } catch (Exception e) { // Delta's checked exceptions come undeclared from Scala
      if (e instanceof DeltaConcurrentModificationException) {
        throw new UserError(
            e,
            "table %s was changed by another run while this one worked, and has nothing of this one;"
                + " run the command again when the other has ended",
            path);
      }
      throw e;
    }
  }

  /** The table under an alias, for a merge. */
  DeltaTable as(String alias) {
    return DeltaTable.forPath(spark, path).as(alias);
  }

  /** The table's columns of a Dataset, in the table's order. */
  Dataset<Row> ownColumns(Dataset<Row> rows) {
    return rows.select(
        Arrays.stream(spec.schema().fieldNames()).map(DeltaFile::own).toArray(Column[]::new));
  }

  private static Column own(String name) {
    return col("`" + name + "`");
  }

  private DataFrameWriter<Row> writer(Dataset<Row> rows) {
    return ownColumns(rows).write().format(FORMAT);
  }
}
