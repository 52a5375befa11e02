package facelake.table;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Builds the schema of a table, column by column. */
final class Columns {
  private final List<StructField> fields = new ArrayList<>();

  /** Adds a column that has a value in every row. */
  Columns required(String name, DataType type, String comment) {
    fields.add(new StructType().add(name, type, false, comment).apply(0));
    return this;
  }

  /** Adds a column that may be null. */
  Columns optional(String name, DataType type, String comment) {
    fields.add(new StructType().add(name, type, true, comment).apply(0));
    return this;
  }

  /** Adds a column that another table has in the same form and meaning. */
  Columns same(StructType table, String name) {
    fields.add(table.apply(name));
    return this;
  }

  StructType schema() {
    return new StructType(fields.toArray(StructField[]::new));
  }
}
