package facelake.step.cells;

import facelake.table.EmbeddingColumn;
import org.apache.spark.sql.Row;

/**
 * Something to compare.
 *
 * @param number its own
 * @param apart two with the same value are no pair
 * @param radius what is nearer is a pair
 * @param embedding not copied, so do not change it
 */
public record Item(long number, long apart, float radius, float[] embedding) {
  /** Reads a row of {@link CellPairs#ITEMS}. */
  public static Item of(Row row) {
    return new Item(
        row.getLong(0), row.getLong(1), row.getFloat(2), EmbeddingColumn.floats(row, 3));
  }
}
