package facelake.step.cells;

import java.nio.ByteBuffer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * An item and the cells that it is compared in.
 *
 * @param group the group of the cell in which the item lies
 * @param home the cell in which the item lies
 * @param cells those that the item is compared in, in order
 */
record PlacedItem(int group, int home, int[] cells, Item item) {
  static final String GROUP = "group";
  static final String HOME = "home";
  static final String CELLS = "cells";

  /** Cells and embedding are in bytes: Spark makes an object of each number of an array. */
  static final StructType SCHEMA =
      new StructType()
          .add(HOME, DataTypes.IntegerType, false)
          .add(CELLS, DataTypes.BinaryType, false)
          .add(CellPairs.NUMBER, DataTypes.LongType, false)
          .add(CellPairs.APART, DataTypes.LongType, false)
          .add(CellPairs.RADIUS, DataTypes.FloatType, false)
          .add(CellPairs.EMBEDDING, DataTypes.BinaryType, false)
          .add(GROUP, DataTypes.IntegerType, false);

  static PlacedItem of(Row row) {
    byte[] cellBytes = row.getAs(1);
    int[] cells = new int[cellBytes.length / Integer.BYTES];
    ByteBuffer.wrap(cellBytes).asIntBuffer().get(cells);
    byte[] embeddingBytes = row.getAs(5);
    float[] embedding = new float[embeddingBytes.length / Float.BYTES];
    ByteBuffer.wrap(embeddingBytes).asFloatBuffer().get(embedding);
    return new PlacedItem(
        row.getInt(6),
        row.getInt(0),
        cells,
        new Item(row.getLong(2), row.getLong(3), row.getFloat(4), embedding));
  }

  Row row() {
    byte[] cellBytes = new byte[cells.length * Integer.BYTES];
    ByteBuffer.wrap(cellBytes).asIntBuffer().put(cells);
    byte[] embedding = new byte[item.embedding().length * Float.BYTES];
    ByteBuffer.wrap(embedding).asFloatBuffer().put(item.embedding());
    return RowFactory.create(
        home, cellBytes, item.number(), item.apart(), item.radius(), embedding, group);
  }
}
