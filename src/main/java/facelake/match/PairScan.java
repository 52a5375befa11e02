package facelake.match;

import facelake.net.PairProducts;
import facelake.net.Precision;
import java.util.function.IntToDoubleFunction;

/**
 * Finds every pair of embeddings nearer than a threshold, exactly.
 *
 * <p>Fast matrix products, {@code |a|^2 + |b|^2 - 2ab}, throw away the pairs that are too far by
 * more than the products' own rounding can explain; the others are measured by {@link
 * EmbeddingBlock#distance}. The result is therefore that of measuring all pairs, whatever the
 * precision of the products. A pair at exactly the threshold is not near, as in dlib's {@code
 * dnn_face_recognition_ex.cpp}.
 *
 * <p>An instance holds two megabytes of scratch memory, most of them native, and belongs to one
 * thread; make one for a task, use it for all its blocks and close it.
 */
public final class PairScan implements AutoCloseable {
  private static final int ROWS = PairProducts.ROWS;
  private static final int COLUMNS = PairProducts.COLUMNS;

  private enum Pairs {
    ALL,
    LEFT_FIRST
  }

  private final int dimensions;
  private final double threshold;
  private final ScreeningLimits limits;
  private final PairProducts products;
  private final float[] rowLimits = new float[ROWS];
  private final float[] columnLimits = new float[COLUMNS];
  private final int[] places = new int[ROWS * COLUMNS];

  /**
   * A scan for distances under a threshold, as fast as this processor can.
   *
   * @param threshold positive; pairs with {@code distance < threshold} are found
   * @param dimensions floats of one embedding
   */
  public PairScan(double threshold, int dimensions) {
    this(threshold, dimensions, Precision.fastest());
  }

  /** A scan whose products have a precision; the pairs are the same in all of them. */
  public PairScan(double threshold, int dimensions, Precision precision) {
    if (!(threshold > 0)) {
      throw new IllegalArgumentException("A distance threshold is positive, not " + threshold);
    }
    this.dimensions = dimensions;
    this.threshold = threshold;
    this.limits = new ScreeningLimits(precision, dimensions);
    this.products = new PairProducts(dimensions, precision);
  }

  /** The near pairs between two blocks: left is a row of {@code a}, right a row of {@code b}. */
  public PairList between(EmbeddingBlock a, EmbeddingBlock b) {
    return between(a, row -> threshold, b);
  }

  /**
   * The pairs between two blocks that are nearer than the radius of the row of {@code a}, whatever
   * the threshold of this scan: left is a row of {@code a}, right a row of {@code b}. Of a block
   * with itself, each row with itself is among them.
   *
   * @param radii one for each row of {@code a}; none is found for a radius of 0 or less
   */
  public PairList between(EmbeddingBlock a, float[] radii, EmbeddingBlock b) {
    return between(a, row -> Math.max(0, radii[row]), b);
  }

  private PairList between(EmbeddingBlock a, IntToDoubleFunction radius, EmbeddingBlock b) {
    requireDimensions(a);
    requireDimensions(b);
    PairList near = new PairList();
    for (int from = 0; from < b.rows(); from += COLUMNS) {
      int columns = loadColumns(b, from);
      for (int row = 0; row < a.rows(); row += ROWS) {
        addNear(a, row, radius, b, from, columns, Pairs.ALL, near);
      }
    }
    return near;
  }

  /** The near pairs inside a block, each once: left is the smaller row. */
  public PairList within(EmbeddingBlock block) {
    requireDimensions(block);
    PairList near = new PairList();
    for (int from = 0; from < block.rows(); from += COLUMNS) {
      int columns = loadColumns(block, from);
      for (int row = 0; row < from + columns; row += ROWS) {
        addNear(block, row, unused -> threshold, block, from, columns, Pairs.LEFT_FIRST, near);
      }
    }
    return near;
  }

  private void requireDimensions(EmbeddingBlock block) {
    if (block.dimensions() != dimensions) {
      throw new IllegalArgumentException(
          "this scan compares embeddings of %d dimensions, not %d"
              .formatted(dimensions, block.dimensions()));
    }
  }

  private int loadColumns(EmbeddingBlock block, int from) {
    int count = Math.min(COLUMNS, block.rows() - from);
    limits.write(block, from, count, unused -> 0, columnLimits);
    if (limits.precision() == Precision.BF16) {
      products.columns(block.rounded().values(), from, count);
    } else {
      products.columns(block.values(), from, count);
    }
    return count;
  }

  private int loadRows(EmbeddingBlock block, int from, IntToDoubleFunction radius) {
    int count = Math.min(ROWS, block.rows() - from);
    limits.write(block, from, count, radius, rowLimits);
    if (limits.precision() == Precision.BF16) {
      products.rows(block.rounded().values(), from, count);
    } else {
      products.rows(block.values(), from, count);
    }
    return count;
  }

  private void addNear(
      EmbeddingBlock a,
      int row,
      IntToDoubleFunction radius,
      EmbeddingBlock b,
      int from,
      int columns,
      Pairs pairs,
      PairList near) {
    int rows = loadRows(a, row, radius);
    int found = products.notBelow(rowLimits, columnLimits, places);
    for (int i = 0; i < found; i++) {
      int left = places[i] / COLUMNS;
      int right = places[i] % COLUMNS;
      boolean wanted = pairs == Pairs.ALL || row + left < from + right;
      if (left < rows && right < columns && wanted) {
        double distance = a.distance(row + left, b, from + right);
        if (distance < radius.applyAsDouble(row + left)) {
          near.add(row + left, from + right, (float) distance);
        }
      }
    }
  }

  @Override
  public void close() {
    products.close();
  }
}
