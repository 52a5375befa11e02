package facelake.match;

import java.util.Arrays;

/**
 * The hot loop of a scan: inner products of embeddings with a tile of other embeddings, in float.
 *
 * <p>The tile is kept dimension by dimension, so that one vector instruction serves neighbouring
 * faces and no sum runs across a vector. One instance belongs to one thread.
 */
final class InnerProducts {
  /**
   * Embeddings of a tile: a quarter of a megabyte at 128 dimensions, which stays in the L2 cache.
   */
  static final int TILE = 512;

  private static final double UNIT_ROUNDOFF = 0x1p-24;

  private final float[][] tile;

  InnerProducts(int dimensions) {
    tile = new float[dimensions][TILE];
  }

  /**
   * The most that a computed product can be off, as a share of the product of both lengths: n u /
   * (1 - n u) for n terms in any order (Higham, Accuracy and Stability of Numerical Algorithms,
   * 3.1).
   */
  static double relativeError(int dimensions) {
    double terms = dimensions * UNIT_ROUNDOFF;
    return terms / (1 - terms);
  }

  /** Takes the embeddings {@code from} to {@code from + count} of a block as the tile. */
  void load(EmbeddingBlock block, int from, int count) {
    float[] values = block.values();
    int dimensions = block.dimensions();
    for (int column = 0; column < count; column++) {
      int offset = (from + column) * dimensions;
      for (int d = 0; d < dimensions; d++) {
        tile[d][column] = values[offset + d];
      }
    }
  }

  /** Writes the products of one embedding with the first {@code count} of the tile. */
  void multiply(EmbeddingBlock block, int row, int count, float[] products) {
    float[] values = block.values();
    int offset = row * block.dimensions();
    Arrays.fill(products, 0, count, 0f);
    int d = 0;
    for (; d + 4 <= tile.length; d += 4) {
      addFour(values, offset + d, d, count, products);
    }
    for (; d < tile.length; d++) {
      addOne(values[offset + d], tile[d], count, products);
    }
  }

  /** Four dimensions a pass is what HotSpot still vectorises; eight are three times as slow. */
  private void addFour(float[] values, int from, int dimension, int count, float[] sums) {
    float a = values[from];
    float b = values[from + 1];
    float c = values[from + 2];
    float d = values[from + 3];
    float[] as = tile[dimension];
    float[] bs = tile[dimension + 1];
    float[] cs = tile[dimension + 2];
    float[] ds = tile[dimension + 3];
    for (int i = 0; i < count; i++) {
      sums[i] =
          Math.fma(d, ds[i], Math.fma(c, cs[i], Math.fma(b, bs[i], Math.fma(a, as[i], sums[i]))));
    }
  }

  private static void addOne(float a, float[] as, int count, float[] sums) {
    for (int i = 0; i < count; i++) {
      sums[i] = Math.fma(a, as[i], sums[i]);
    }
  }
}
