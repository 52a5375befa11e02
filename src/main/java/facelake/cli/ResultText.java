package facelake.cli;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.VariantType;

/** Turns rows into rows of text, on the executors. */
final class ResultText {
  private static final String TIME = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";
  private static final Map<String, String> JSON =
      Map.of("ignoreNullFields", "false", "timestampFormat", TIME);

  /** Longer arrays of floats are embeddings, which nobody reads number by number. */
  private static final int LONGEST_ARRAY = 8;

  private static final int SHOWN_OF_ARRAY = 2;

  private ResultText() {}

  /** Each value in full: numbers plain, times in ISO 8601, nested values as JSON. */
  static Dataset<Row> full(Dataset<Row> rows) {
    return cells(rows, ResultText::fullText);
  }

  /** Each value for a person's eye: as {@link #full}, with long arrays and bytes abbreviated. */
  static Dataset<Row> brief(Dataset<Row> rows) {
    return cells(rows, ResultText::briefText);
  }

  /** Each row as one JSON object. */
  static Dataset<Row> json(Dataset<Row> rows) {
    return rows.select(to_json(struct(col("*")), JSON));
  }

  private static Dataset<Row> cells(Dataset<Row> rows, BiFunction<Column, DataType, Column> text) {
    StructType schema = rows.schema();
    // Names of an answer may repeat, so that columns are taken by place.
    String[] places =
        IntStream.range(0, rows.columns().length).mapToObj(i -> "c" + i).toArray(String[]::new);
    return rows.toDF(places)
        .select(
            IntStream.range(0, places.length)
                .mapToObj(i -> text.apply(col(places[i]), schema.apply(i).dataType()))
                .toArray(Column[]::new));
  }

  private static Column fullText(Column value, DataType type) {
    if (type instanceof BinaryType) {
      return base64(value);
    }
    if (type instanceof TimestampType) {
      return date_format(value, TIME);
    }
    return isNested(type) ? to_json(value, JSON) : value.cast("string");
  }

  private static Column briefText(Column value, DataType type) {
    if (type instanceof BinaryType) {
      return concat(length(value), lit(" bytes"));
    }
    if (type instanceof ArrayType array && isFloating(array.elementType())) {
      return when(size(value).gt(LONGEST_ARRAY), abbreviated(value))
          .otherwise(fullText(value, type));
    }
    return fullText(value, type);
  }

  private static Column abbreviated(Column floats) {
    Column first =
        array_join(
            transform(slice(floats, 1, SHOWN_OF_ARRAY), x -> format_string("%.2f", x)), ", ");
    return concat(lit("["), first, lit(", ... "), size(floats), lit(" floats]"));
  }

  private static boolean isNested(DataType type) {
    return type instanceof StructType
        || type instanceof ArrayType
        || type instanceof MapType
        || type instanceof VariantType;
  }

  private static boolean isFloating(DataType type) {
    return type instanceof FloatType || type instanceof DoubleType;
  }
}
