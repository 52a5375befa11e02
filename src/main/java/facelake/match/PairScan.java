package facelake.match;

import facelake.net.PairProducts;
import facelake.net.Precision;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

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
    return between(a, row -> threshold, b, row -> threshold);
  }

  /**
   * The pairs between two blocks that are nearer than the larger radius of the two rows, whatever
   * the threshold of this scan: left is a row of {@code a}, right a row of {@code b}. Fastest where
   * rows of like radii stand together.
   *
   * @param radiiOfA one for each row of {@code a}; one of 0 or less finds nothing
   * @param radiiOfB one for each row of {@code b}
   */
  public PairList between(EmbeddingBlock a, float[] radiiOfA, EmbeddingBlock b, float[] radiiOfB) {
    return between(a, radius(radiiOfA), b, radius(radiiOfB));
  }

  private PairList between(
      EmbeddingBlock a,
      IntToDoubleFunction radiusOfA,
      EmbeddingBlock b,
      IntToDoubleFunction radiusOfB) {
    requireDimensions(a);
    requireDimensions(b);
    PairList near = new PairList();
    for (int from = 0; from < b.rows(); from += COLUMNS) {
      Columns columns = loadColumns(b, from, radiusOfB);
      for (int row = 0; row < a.rows(); row += ROWS) {
        addNear(a, row, radiusOfA, columns, Pairs.ALL, near);
      }
    }
    return near;
  }

  /** The near pairs inside a block, each once: left is the smaller row. */
  public PairList within(EmbeddingBlock block) {
    return within(block, row -> threshold);
  }

  /**
   * The pairs inside a block that are nearer than the larger radius of the two rows, each once:
   * left is the smaller row.
   *
   * @param radii one for each row; one of 0 or less finds nothing
   */
  public PairList within(EmbeddingBlock block, float[] radii) {
    return within(block, radius(radii));
  }

  private PairList within(EmbeddingBlock block, IntToDoubleFunction radius) {
    requireDimensions(block);
    PairList near = new PairList();
    for (int from = 0; from < block.rows(); from += COLUMNS) {
      Columns columns = loadColumns(block, from, radius);
      for (int row = 0; row < from + columns.count(); row += ROWS) {
        addNear(block, row, radius, columns, Pairs.LEFT_FIRST, near);
      }
    }
    return near;
  }

  private static IntToDoubleFunction radius(float[] radii) {
    return row -> Math.max(0, radii[row]);
  }

  private void requireDimensions(EmbeddingBlock block) {
    if (block.dimensions() != dimensions) {
      throw new IllegalArgumentException(
          "this scan compares embeddings of %d dimensions, not %d"
              .formatted(dimensions, block.dimensions()));
    }
  }

  /**
   * Rows of a block as the columns of a product.
   *
   * @param leastSquare of their radii
   */
  private record Columns(
      EmbeddingBlock block, int from, int count, IntToDoubleFunction radius, double leastSquare) {}

  /**
   * Of the square of the larger radius of a pair, the column's part is what its own square has over
   * the least of the columns; the row has the rest. Both together are never less than that square.
   */
  private Columns loadColumns(EmbeddingBlock block, int from, IntToDoubleFunction radius) {
    int count = Math.min(COLUMNS, block.rows() - from);
    double least =
        IntStream.range(from, from + count)
            .mapToDouble(row -> square(radius, row))
            .filter(Double::isFinite)
            .min()
            .orElse(0);
    limits.write(block, from, count, row -> square(radius, row) - least, columnLimits);
    if (limits.precision() == Precision.BF16) {
      products.columns(block.rounded().values(), from, count);
    } else {
      products.columns(block.values(), from, count);
    }
    return new Columns(block, from, count, radius, least);
  }

  private int loadRows(EmbeddingBlock block, int from, IntToDoubleFunction square) {
    int count = Math.min(ROWS, block.rows() - from);
    limits.write(block, from, count, square, rowLimits);
    if (limits.precision() == Precision.BF16) {
      products.rows(block.rounded().values(), from, count);
    } else {
      products.rows(block.values(), from, count);
    }
    return count;
  }

  private static double square(IntToDoubleFunction radius, int row) {
    return radius.applyAsDouble(row) * radius.applyAsDouble(row);
  }

  private void addNear(
      EmbeddingBlock a,
      int from,
      IntToDoubleFunction radius,
      Columns columns,
      Pairs pairs,
      PairList near) {
    int rows = loadRows(a, from, row -> Math.max(square(radius, row), columns.leastSquare()));
    int found = products.notBelow(rowLimits, columnLimits, places);
    for (int i = 0; i < found; i++) {
      int left = from + places[i] / COLUMNS;
      int right = columns.from() + places[i] % COLUMNS;
      boolean there = left < from + rows && right < columns.from() + columns.count();
      if (there && (pairs == Pairs.ALL || left < right)) {
        double distance = a.distance(left, columns.block(), right);
        if (distance < radius.applyAsDouble(left)
            || distance < columns.radius().applyAsDouble(right)) {
          near.add(left, right, (float) distance);
        }
      }
    }
  }

  @Override
  public void close() {
    products.close();
  }
}
