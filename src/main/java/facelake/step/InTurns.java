package facelake.step;

import static org.apache.spark.sql.functions.row_number;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/** Numbers the rows of a group so that the first ones are of as many kinds as there are. */
public final class InTurns {
  /** The column of the numbers, from 1. */
  public static final String NUMBER = "turn";

  private InTurns() {}

  /**
   * The rows with their numbers: the first of each kind, in the order of kinds, then the second of
   * each, and so on.
   *
   * @param group the column of the group
   * @param order the column by which the rows of a kind are taken; unique in a group
   * @param kinds the columns that make the kind
   */
  public static Dataset<Row> numbered(
      Dataset<Row> rows, String group, String order, String... kinds) {
    Column[] kind = new Column[kinds.length + 1];
    Column[] turns = new Column[kinds.length + 1];
    kind[0] = functions.col(group);
    turns[0] = functions.col(NUMBER);
    for (int i = 0; i < kinds.length; i++) {
      kind[i + 1] = functions.col(kinds[i]);
      turns[i + 1] = functions.col(kinds[i]);
    }
    return rows.withColumn(NUMBER, row_number().over(Window.partitionBy(kind).orderBy(order)))
        .withColumn(NUMBER, row_number().over(Window.partitionBy(group).orderBy(turns)));
  }
}
