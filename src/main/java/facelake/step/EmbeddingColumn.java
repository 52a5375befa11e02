package facelake.step;

import java.util.List;
import org.apache.spark.sql.Row;

/** Reads and makes the values of columns that hold an embedding. */
public final class EmbeddingColumn {
  private EmbeddingColumn() {}

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
}
