package facelake.step.forget;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** The texts of rows, whatever their schema. */
public final class Texts {
  private Texts() {}

  /** A condition on rows that survives the way to tasks. */
  @FunctionalInterface
  interface RowTest extends Predicate<Row>, Serializable {}

  /** Whether any text of a row has a mention, or is a name in a column that holds names. */
  public static Column mention(StructType schema, Mentions mentions) {
    return where(schema, row -> any(row, mentions::in) || hasName(row, "", mentions));
  }

  /** Whether a text has a mention. */
  public static Column mention(Column text, Mentions mentions) {
    return udf(
            (UDF1<String, Boolean>) value -> value != null && mentions.in(value),
            DataTypes.BooleanType)
        .apply(text);
  }

  private static boolean hasName(Object value, String field, Mentions mentions) {
    if (value instanceof String text) {
      return mentions.isName(field, text);
    }
    if (value instanceof Row row) {
      String[] fields = row.schema().fieldNames();
      return IntStream.range(0, row.length())
          .anyMatch(i -> hasName(row.get(i), fields[i], mentions));
    }
    if (value instanceof scala.collection.Map<?, ?>) {
      return false;
    }
    return value instanceof scala.collection.Iterable<?> many
        && CollectionConverters.asJavaCollection(many).stream()
            .anyMatch(each -> hasName(each, field, mentions));
  }

  /**
   * Whether the columns of a row that have texts fulfil a condition. The test itself is not seen in
   * the plan or in Delta's log, as its words would be.
   */
  static Column where(StructType schema, RowTest test) {
    Column[] columns =
        Arrays.stream(schema.fields())
            .filter(field -> hasText(field.dataType()))
            .map(field -> col("`" + field.name() + "`"))
            .toArray(Column[]::new);
    if (columns.length == 0) {
      return org.apache.spark.sql.functions.lit(false);
    }
    return udf((UDF1<Row, Boolean>) test::test, DataTypes.BooleanType).apply(struct(columns));
  }

  private static boolean hasText(DataType type) {
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).anyMatch(field -> hasText(field.dataType()));
    }
    if (type instanceof ArrayType array) {
      return hasText(array.elementType());
    }
    if (type instanceof MapType map) {
      return hasText(map.keyType()) || hasText(map.valueType());
    }
    return type instanceof StringType;
  }

  /** Whether any text in a value of Spark fulfils a condition. */
  static boolean any(Object value, Predicate<String> condition) {
    if (value instanceof String text) {
      return condition.test(text);
    }
    if (value instanceof Row row) {
      for (int i = 0; i < row.length(); i++) {
        if (any(row.get(i), condition)) {
          return true;
        }
      }
      return false;
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      return CollectionConverters.asJava(map).entrySet().stream()
          .anyMatch(entry -> any(entry.getKey(), condition) || any(entry.getValue(), condition));
    }
    if (value instanceof scala.collection.Iterable<?> many) {
      return CollectionConverters.asJavaCollection(many).stream()
          .anyMatch(each -> any(each, condition));
    }
    return false;
  }
}
