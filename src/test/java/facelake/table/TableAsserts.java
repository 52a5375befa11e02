package facelake.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of tables look at. */
final class TableAsserts {
  private TableAsserts() {}

  /** Spark reads every column as nullable; names, types and comments are what must be the same. */
  static void assertSame(StructType found, StructType wanted) {
    assertThat(found.fieldNames()).isEqualTo(wanted.fieldNames());
    for (StructField field : wanted.fields()) {
      StructField other = found.apply(field.name());
      assertThat(other.dataType().sql()).isEqualTo(field.dataType().sql());
      assertThat(other.getComment()).isEqualTo(field.getComment());
      assertThat(other.getComment().isDefined()).isTrue();
    }
  }

  /** Spark wraps what a constraint says in errors of its own. */
  static void assertRefused(ThrowingCallable write, String named) {
    assertThatThrownBy(write).hasStackTraceContaining(named);
  }

  static List<String> texts(Dataset<Row> rows, String first, String... others) {
    return rows.select(first, others).collectAsList().stream().map(Row::toString).toList();
  }
}
