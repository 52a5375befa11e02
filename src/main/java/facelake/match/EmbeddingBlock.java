package facelake.match;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Embeddings of several faces side by side, compared by Euclidean distance.
 *
 * <p>A block is immutable and can be shared between threads and sent to executors. A block of 1,024
 * embeddings of 128 floats takes half a megabyte.
 */
public final class EmbeddingBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int dimensions;
  private final float[] values;
  private final double[] squaredNorms;

  /** Made when first asked for, on each machine. */
  private transient volatile Rounded rounded;

  /**
   * A block over these values.
   *
   * @param values row-major, {@code rows * dimensions} floats; not copied, so do not change it
   * @param dimensions floats of one embedding, at least 1
   */
  public EmbeddingBlock(float[] values, int dimensions) {
    if (dimensions < 1 || values.length % dimensions != 0) {
      throw new IllegalArgumentException(
          String.format(
              "%d floats are no whole number of embeddings of %d dimensions",
              values.length, dimensions));
    }
    this.dimensions = dimensions;
    this.values = values;
    this.squaredNorms = new double[values.length / dimensions];
    for (int row = 0; row < squaredNorms.length; row++) {
      for (int i = row * dimensions; i < (row + 1) * dimensions; i++) {
        squaredNorms[row] += (double) values[i] * values[i];
      }
    }
  }

  /** The block of these embeddings, at least one, all of one length; takes copies. */
  public static EmbeddingBlock of(List<float[]> embeddings) {
    int dimensions = embeddings.get(0).length;
    float[] values = new float[embeddings.size() * dimensions];
    for (int i = 0; i < embeddings.size(); i++) {
      System.arraycopy(embeddings.get(i), 0, values, i * dimensions, dimensions);
    }
    return new EmbeddingBlock(values, dimensions);
  }

  /** Embeddings in this block. */
  public int rows() {
    return squaredNorms.length;
  }

  /** Floats of one embedding. */
  public int dimensions() {
    return dimensions;
  }

  /**
   * The Euclidean distance between two embeddings: differences, squares and their sum in double
   * precision, in the order of the dimensions, so that it is the same on every machine.
   *
   * @param row of this block
   * @param other of the same dimensions
   * @param otherRow of the other block
   */
  public double distance(int row, EmbeddingBlock other, int otherRow) {
    int a = row * dimensions;
    int b = otherRow * dimensions;
    double sum = 0;
    for (int d = 0; d < dimensions; d++) {
      double difference = (double) values[a + d] - other.values[b + d];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  /** As {@link #distance(int, EmbeddingBlock, int)}, to an embedding that is in no block. */
  public double distanceTo(int row, float[] other) {
    return distance(row, new EmbeddingBlock(other, dimensions), 0);
  }

  /** The mean of some embeddings, at least one, summed in double precision in their order. */
  public float[] mean(int... rows) {
    double[] sums = new double[dimensions];
    for (int row : rows) {
      for (int d = 0; d < dimensions; d++) {
        sums[d] += values[row * dimensions + d];
      }
    }
    float[] mean = new float[dimensions];
    for (int d = 0; d < dimensions; d++) {
      mean[d] = (float) (sums[d] / rows.length);
    }
    return mean;
  }

  /** A block of copies of some rows, in this order. */
  public EmbeddingBlock select(int... rows) {
    float[] selected = new float[rows.length * dimensions];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * dimensions, selected, i * dimensions, dimensions);
    }
    return new EmbeddingBlock(selected, dimensions);
  }

  /** A copy of one embedding. */
  public float[] embedding(int row) {
    return Arrays.copyOfRange(values, row * dimensions, (row + 1) * dimensions);
  }

  /** The row-major floats themselves. */
  float[] values() {
    return values;
  }

  /**
   * The embeddings as bfloat16 numbers: the upper halves of the floats, rounded to the nearest,
   * ties to even.
   *
   * @param values row-major
   * @param errors the length of the difference to the exact embedding, one for each row
   */
  record Rounded(short[] values, double[] errors) {}

  /** The embeddings in 16 bits. */
  Rounded rounded() {
    Rounded made = rounded;
    if (made == null) {
      made = round();
      rounded = made;
    }
    return made;
  }

  private Rounded round() {
    short[] halves = new short[values.length];
    double[] errors = new double[rows()];
    for (int row = 0; row < errors.length; row++) {
      double squares = 0;
      for (int i = row * dimensions; i < (row + 1) * dimensions; i++) {
        int bits = Float.floatToIntBits(values[i]);
        int upper = bits + 0x7fff + (bits >>> 16 & 1) >>> 16;
        halves[i] = (short) upper;
        double difference = (double) values[i] - Float.intBitsToFloat(upper << 16);
        squares += difference * difference;
      }
      errors[row] = Math.sqrt(squares);
    }
    return new Rounded(halves, errors);
  }

  /** The square of an embedding's length. */
  double squaredNorm(int row) {
    return squaredNorms[row];
  }
}
