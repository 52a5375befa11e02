package facelake.match;

/**
 * Finds every pair of embeddings nearer than a threshold, exactly.
 *
 * <p>Fast float arithmetic, {@code |a|^2 + |b|^2 - 2ab}, throws away the pairs that are too far by
 * more than its own rounding error can explain; the others are measured by {@link
 * EmbeddingBlock#distance}. The result is therefore that of measuring all pairs. A pair at exactly
 * the threshold is not near, as in dlib's {@code dnn_face_recognition_ex.cpp}.
 *
 * <p>An instance holds scratch memory of a quarter of a megabyte and belongs to one thread; make
 * one for a task and use it for all its blocks.
 */
public final class PairScan {
  private final double threshold;
  private final InnerProducts kernel;
  private final double shrink;
  private final float[] products = new float[InnerProducts.TILE];
  private final double[] columnParts = new double[InnerProducts.TILE];

  /**
   * A scan for distances under a threshold.
   *
   * @param threshold positive; pairs with {@code distance < threshold} are found
   * @param dimensions floats of one embedding
   */
  public PairScan(double threshold, int dimensions) {
    if (!(threshold > 0)) {
      throw new IllegalArgumentException("A distance threshold is positive, not " + threshold);
    }
    this.threshold = threshold;
    this.kernel = new InnerProducts(dimensions);
    // |ab| is at most (|a|^2 + |b|^2) / 2, so a share of the norms bounds the error of the product;
    // twice the bound leaves room for the rounding of the norms themselves.
    this.shrink = 1 - 2 * InnerProducts.relativeError(dimensions);
  }

  /** The near pairs between two blocks: left is a row of {@code a}, right a row of {@code b}. */
  public PairList between(EmbeddingBlock a, EmbeddingBlock b) {
    PairList near = new PairList();
    for (int from = 0; from < b.rows(); from += InnerProducts.TILE) {
      int count = load(b, from);
      for (int row = 0; row < a.rows(); row++) {
        addNear(a, row, b, from, 0, count, near);
      }
    }
    return near;
  }

  /** The near pairs inside a block, each once: left is the smaller row. */
  public PairList within(EmbeddingBlock block) {
    PairList near = new PairList();
    for (int from = 0; from < block.rows(); from += InnerProducts.TILE) {
      int count = load(block, from);
      for (int row = 0; row < from + count; row++) {
        addNear(block, row, block, from, Math.max(0, row + 1 - from), count, near);
      }
    }
    return near;
  }

  private int load(EmbeddingBlock block, int from) {
    int count = Math.min(InnerProducts.TILE, block.rows() - from);
    kernel.load(block, from, count);
    for (int column = 0; column < count; column++) {
      columnParts[column] = block.squaredNorm(from + column) * shrink / 2;
    }
    return count;
  }

  private void addNear(
      EmbeddingBlock a, int row, EmbeddingBlock b, int from, int first, int count, PairList near) {
    kernel.multiply(a, row, count, products);
    double rowPart = (a.squaredNorm(row) * shrink - threshold * threshold) / 2;
    for (int column = first; column < count; column++) {
      // Not "at least": a product that is no number must reach the measurement.
      if (!(products[column] < rowPart + columnParts[column])) {
        double distance = a.distance(row, b, from + column);
        if (distance < threshold) {
          near.add(row, from + column, (float) distance);
        }
      }
    }
  }
}
