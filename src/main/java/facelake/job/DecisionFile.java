package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.trim;

import facelake.Nearest;
import facelake.UserError;
import facelake.spark.LiteralPath;
import facelake.table.DecisionsTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A file of decisions as a person writes or exports it, on any file system that Hadoop knows: CSV
 * with a header, or JSON that is an array of objects or has one object a line. The name's end says
 * which. Columns stand in any order, and all but {@code decision} may be missing.
 */
final class DecisionFile {
  static final String WHEN = "when";

  /** The columns that a file may have. */
  static final List<String> COLUMNS =
      Stream.of(
              Stream.of(DecisionsTable.DECISION),
              DecisionsTable.TOPIC.stream(),
              Stream.of(DecisionsTable.WHO, WHEN, DecisionsTable.NOTE))
          .flatMap(names -> names)
          .toList();

  private static final String BROKEN = "_broken";
  private static final String JSON_ARRAY = "[";

  /** The column of Spark's text files. */
  private static final String TEXT = "value";

  /** Which Spark takes away from the first of several lines, and from CSV. */
  private static final String BYTE_ORDER_MARK = "^\\x{FEFF}";

  private final SparkSession spark;
  private final String name;
  private final Path path;

  /** A file, named by a URI or a path on the default file system. */
  DecisionFile(SparkSession spark, String name) {
    this.spark = spark;
    this.name = name;
    this.path = path(name);
  }

  /**
   * What stands in the file, in its order. Rows are numbered as a spreadsheet does: those of CSV
   * from 2, as the header is 1; objects of JSON from 1.
   *
   * @throws UserError when this is no readable file of that kind, or has a column that nobody knows
   */
  List<DecisionRow> rows() {
    requireFile();
    try {
      return extension().equals("csv") ? csv() : json();
    } catch (UserError e) {
      throw e;
    } catch (Exception e) { // Spark's checked exceptions come undeclared from Scala
      throw new UserError(e, "decisions %s cannot be read: %s", name, reason(e));
    }
  }

  private List<DecisionRow> csv() {
    DataFrameReader reader =
        spark
            .read()
            .option("header", true)
            .option("escape", "\"")
            .option("columnNameOfCorruptRecord", BROKEN);
    List<String> header = Arrays.asList(reader.csv(LiteralPath.of(path)).columns());
    requireKnown(header);
    return numbered(
        reader.schema(schema(header)).option("multiLine", true).csv(LiteralPath.of(path)), 2);
  }

  private List<DecisionRow> json() {
    Dataset<String> documents = documents();
    DataFrameReader reader =
        spark.read().option("primitivesAsString", true).option("columnNameOfCorruptRecord", BROKEN);
    List<String> keys =
        Arrays.stream(reader.json(documents).columns()).filter(key -> !key.equals(BROKEN)).toList();
    if (!keys.isEmpty()) {
      requireKnown(keys);
    }
    return numbered(reader.schema(schema(COLUMNS)).json(documents), 1);
  }

  /** The whole file where it is an array, else its lines. */
  private Dataset<String> documents() {
    Dataset<String> lines = spark.read().textFile(LiteralPath.of(path));
    boolean array =
        lines.where(length(trim(col(TEXT))).gt(0)).limit(1).collectAsList().stream()
            .anyMatch(line -> line.strip().startsWith(JSON_ARRAY));
    return array
        ? spark
            .read()
            .option("wholetext", true)
            .text(LiteralPath.of(path))
            .select(regexp_replace(col(TEXT), BYTE_ORDER_MARK, ""))
            .as(Encoders.STRING())
        : lines;
  }

  private static StructType schema(List<String> names) {
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.StringType);
    }
    return schema.add(BROKEN, DataTypes.StringType);
  }

  private static List<DecisionRow> numbered(Dataset<Row> rows, int first) {
    List<DecisionRow> numbered = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      Map<String, String> texts = new HashMap<>();
      for (String column : rows.columns()) {
        texts.put(column, row.getAs(column));
      }
      numbered.add(new DecisionRow(first + numbered.size(), texts, texts.remove(BROKEN)));
    }
    return numbered;
  }

  private void requireKnown(List<String> names) {
    for (String column : names) {
      if (!COLUMNS.contains(column)) {
        throw new UserError(
            "decisions %s has an unknown column '%s'%s; its columns are some of %s",
            name, column, Nearest.question(column, COLUMNS), String.join(",", COLUMNS));
      }
    }
    if (!names.contains(DecisionsTable.DECISION)) {
      throw new UserError(
          "decisions %s has no column %s, only %s; its columns are some of %s",
          name,
          DecisionsTable.DECISION,
          names.isEmpty() ? "an empty first line" : String.join(",", names),
          String.join(",", COLUMNS));
    }
  }

  private void requireFile() {
    if (!List.of("csv", "json", "jsonl").contains(extension())) {
      throw new UserError(
          "decisions %s: the name ends in none of .csv, .json and .jsonl, which say how to read it",
          name);
    }
    try {
      if (path.getFileSystem(spark.sparkContext().hadoopConfiguration())
          .getFileStatus(path)
          .isDirectory()) {
        throw new UserError("decisions %s is a folder; name one file", name);
      }
    } catch (FileNotFoundException e) {
      throw new UserError(e, "decisions %s: there is no such file", name);
    } catch (IOException e) {
      throw new UserError(e, "decisions %s cannot be read: %s", name, reason(e));
    }
  }

  private String extension() {
    String file = path.getName().toLowerCase(Locale.ROOT);
    return file.substring(file.lastIndexOf('.') + 1);
  }

  private static Path path(String name) {
    try {
      return new Path(name);
    } catch (IllegalArgumentException e) {
      throw new UserError(e, "'%s' is no path of a file of decisions: %s", name, e.getMessage());
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
