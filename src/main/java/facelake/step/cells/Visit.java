package facelake.step.cells;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * An item that is compared in some cells of a group.
 *
 * @param group of the cells
 * @param home the cell in which the item lies; {@link #ELSEWHERE} when it lies in another group
 * @param cells of the group, those that the item is compared in, in order
 */
record Visit(int group, int home, int[] cells, Item item) {
  static final int ELSEWHERE = -1;

  static final String GROUP = "group";
  static final String HOME = "home";
  static final String CELLS = "cells";

  /** The embedding is in bytes: Spark makes an object of each float of an array. */
  static final StructType SCHEMA =
      new StructType()
          .add(GROUP, DataTypes.IntegerType, false)
          .add(HOME, DataTypes.IntegerType, false)
          .add(CELLS, DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add(CellPairs.NUMBER, DataTypes.LongType, false)
          .add(CellPairs.APART, DataTypes.LongType, false)
          .add(CellPairs.RADIUS, DataTypes.FloatType, false)
          .add(CellPairs.EMBEDDING, DataTypes.BinaryType, false);

  static Visit of(Row row) {
    List<Integer> cells = row.getList(2);
    byte[] bytes = row.getAs(6);
    float[] embedding = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(embedding);
    return new Visit(
        row.getInt(0),
        row.getInt(1),
        cells.stream().mapToInt(Integer::intValue).toArray(),
        new Item(row.getLong(3), row.getLong(4), row.getFloat(5), embedding));
  }

  boolean isHome() {
    return home != ELSEWHERE;
  }

  Row row() {
    byte[] bytes = new byte[item.embedding().length * Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().put(item.embedding());
    Integer[] boxed = new Integer[cells.length];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = cells[i];
    }
    return RowFactory.create(group, home, boxed, item.number(), item.apart(), item.radius(), bytes);
  }
}
