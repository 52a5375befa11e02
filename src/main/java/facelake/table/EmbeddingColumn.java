package facelake.table;

import static org.apache.spark.sql.functions.broadcast;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads and makes the values of columns that hold an embedding. */
public final class EmbeddingColumn {
  /** So many rows of ids are some 30 MB. */
  private static final long FEW = 100_000;

  private EmbeddingColumn() {}

  /**
   * Rows that are to be joined with the table of faces: few of them go to where its embeddings are,
   * which are most of its bytes.
   *
   * @param count number of these rows
   */
  public static Dataset<Row> wanted(Dataset<Row> rows, long count) {
    return count <= FEW ? broadcast(rows) : rows;
  }

  /** The floats of a column of type array of float. */
  public static float[] floats(Row row, int column) {
    List<Float> list = row.getList(column);
    float[] floats = new float[list.size()];
    int i = 0;
    for (Float value : list) {
      floats[i++] = value;
    }
    return floats;
  }

  /** A value for such a column. */
  public static Float[] value(float[] floats) {
    Float[] boxed = new Float[floats.length];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = floats[i];
    }
    return boxed;
  }

  /**
   * A value for a column of type binary: the floats one after the other, the lowest byte first.
   * Such a column is written and read several times as fast, for tables that people have no use
   * for.
   */
  public static byte[] bytes(float[] floats) {
    ByteBuffer bytes =
        ByteBuffer.allocate(floats.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(floats);
    return bytes.array();
  }

  /** The floats of a column of type binary. */
  public static float[] ofBytes(Row row, int column) {
    byte[] bytes = row.getAs(column);
    float[] floats = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }
}
