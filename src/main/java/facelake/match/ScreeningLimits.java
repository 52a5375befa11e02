package facelake.match;

import facelake.net.Precision;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * How large the computed product of two embeddings is at least when they are near: the part of each
 * of the two in that limit.
 *
 * <p>Embeddings a and b are nearer than t where {@code ab > (|a|^2 + |b|^2 - t^2) / 2}. What is
 * computed is the product of {@code a - d} and {@code b - e}, d and e being what rounding to 16
 * bits took away (nothing in 32 bits), and it is off by
 *
 * <ul>
 *   <li>at most {@code |a||e| + |d||b| + |d||e|} by Cauchy and Schwarz. Each product is bounded by
 *       the mean of {@code k|e|^2} and {@code |a|^2 / k}, any k, so that every embedding has a part
 *       of its own; the bound is close where k is about {@code |a| / |e|}.
 *   <li>at most g |a - d| |b - e| with g = n u / (1 - n u) for n sums of floats in any order
 *       (Higham, Accuracy and Stability of Numerical Algorithms, 3.1), bounded by the mean of both
 *       squares.
 * </ul>
 */
final class ScreeningLimits {
  private static final double FLOAT_ROUNDOFF = 0x1p-24;

  /** Twice the sums, for processors that add two bfloat16 products in a step of their own. */
  private static final int SUMS = 2;

  /**
   * The length of an embedding over that of its rounding to 8 bits of mantissa: uniform errors of
   * half a unit at most, 2^-9 to 2^-8 of a value, are 2^-8.8 in the root of the mean square.
   */
  private static final double LENGTH_OVER_ERROR = 448;

  /** What rounding the limits and their sum to floats can take, doubled. */
  private static final double SLACK = 0x1p-22;

  private final Precision precision;
  private final double sumError;

  ScreeningLimits(Precision precision, int dimensions) {
    this.precision = precision;
    double terms = SUMS * dimensions * FLOAT_ROUNDOFF;
    this.sumError = terms / (1 - terms);
  }

  Precision precision() {
    return precision;
  }

  /**
   * Writes the parts of embeddings, and infinity for places that hold none.
   *
   * @param square a row's part of the square of the distance under which a pair is near
   */
  void write(EmbeddingBlock block, int from, int count, IntToDoubleFunction square, float[] parts) {
    for (int i = 0; i < count; i++) {
      parts[i] = roundedDown(part(block, from + i) - square.applyAsDouble(from + i) / 2);
    }
    Arrays.fill(parts, count, parts.length, Float.POSITIVE_INFINITY);
  }

  private double part(EmbeddingBlock block, int row) {
    double square = block.squaredNorm(row);
    if (precision == Precision.FP32) {
      return square * (1 - sumError) / 2;
    }
    double error = block.rounded().errors()[row];
    double longest = Math.sqrt(square) + error;
    return (square * (1 - 1 / LENGTH_OVER_ERROR)
            - error * error * (LENGTH_OVER_ERROR + 1)
            - longest * longest * sumError)
        / 2;
  }

  private static float roundedDown(double limit) {
    return (float) (limit - Math.abs(limit) * SLACK - Float.MIN_NORMAL);
  }
}
