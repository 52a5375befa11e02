package facelake.match;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How often two different people score as high as that: the upper tail of the impostor scores,
 * continued beyond what a sample can show.
 *
 * <p>A generalised Pareto distribution through three order statistics (Pickands, "Statistical
 * Inference Using Extreme Order Statistics", 1975). The very highest scores are not used: where
 * labels are trusted to differ, those few may be one person under two names all the same.
 */
public final class ImpostorTail {
  /** The rank of the highest score that is used: the upper end of the tail is fitted from here. */
  private static final int RANK = 128;

  /** Where a tail ends at the latest: beyond so small a part of all pairs lies their bulk. */
  private static final double TAIL = 0.02;

  /** The shape: 0 is an exponential tail; one heavier than this is never seen in such scores. */
  private static final double GREATEST_SHAPE = 0.2;

  /**
   * The tail that resnet-v1 shows between LFW's identities, for runs with too few identities to
   * show their own: the score that one in ten thousand pairs reaches, and by how much it grows
   * until only one in e times as many does.
   */
  private static final ImpostorTail USUAL = new ImpostorTail(-11.6, 1e-4, 1.6, 0, false);

  private final double from;
  private final double rate;
  private final double scale;
  private final double shape;
  private final boolean measured;

  private ImpostorTail(double from, double rate, double scale, double shape, boolean measured) {
    this.from = from;
    this.rate = rate;
    this.scale = scale;
    this.shape = shape;
    this.measured = measured;
  }

  /**
   * The tail of scores.
   *
   * @param highest the highest scores of pairs of different people, in any order
   * @param pairs the number of pairs that they are the highest of
   */
  public static ImpostorTail of(double[] highest, double pairs) {
    if (highest.length < needed()) {
      return USUAL;
    }
    double[] sorted = highest.clone();
    Arrays.sort(sorted);
    double high = at(sorted, RANK);
    double low = at(sorted, 4 * RANK);
    double shape = Math.min(GREATEST_SHAPE, Math.max(0, shape(sorted, TAIL * pairs)));
    double step = shape == 0 ? 2 * Math.log(2) : Math.expm1(shape * 2 * Math.log(2)) / shape;
    double scale = Math.max((high - low) / step, Float.MIN_NORMAL);
    return new ImpostorTail(low, 4 * RANK / pairs, scale, shape, true);
  }

  /**
   * The median of Pickands' estimates at this rank and larger ones, as far as the tail goes: their
   * standard error is 1.8 over the root of the rank, more than the shape itself at the first.
   */
  private static double shape(double[] sorted, double tail) {
    double last = Math.max(needed(), Math.min(sorted.length, tail));
    double[] shapes =
        IntStream.iterate(RANK, rank -> 4 * rank <= last, rank -> rank + RANK / 2)
            .mapToDouble(rank -> shape(sorted, rank))
            .sorted()
            .toArray();
    return shapes[shapes.length / 2];
  }

  private static double shape(double[] sorted, int rank) {
    double upper = at(sorted, rank) - at(sorted, 2 * rank);
    double lower = at(sorted, 2 * rank) - at(sorted, 4 * rank);
    return Math.log(Math.max(upper, Float.MIN_NORMAL) / Math.max(lower, Float.MIN_NORMAL))
        / Math.log(2);
  }

  private static double at(double[] sorted, int rank) {
    return sorted[sorted.length - rank];
  }

  /** The fewest highest scores that a tail is measured from; more make its shape surer. */
  public static int needed() {
    return 4 * RANK;
  }

  /** Whether the run itself showed the tail; else it is that of LFW. */
  public boolean measured() {
    return measured;
  }

  /** Where the tail begins, the share of pairs beyond that, and its scale and shape, by name. */
  Map<String, Double> figures() {
    return Map.of(
        "impostor_from", from,
        "impostor_rate", rate,
        "impostor_scale", scale,
        "impostor_shape", shape);
  }

  /** The share of pairs of different people that score this or higher; at most 1. */
  public double falseMatchRate(double score) {
    return Math.min(1, rate * survival(score));
  }

  /** The natural logarithm of the density at a score. */
  double logDensity(double score) {
    double slope = score < from ? scale : scale + shape * (score - from);
    return Math.log(rate) + logSurvival(score) - Math.log(slope);
  }

  private double survival(double score) {
    return Math.exp(logSurvival(score));
  }

  /** Under its beginning the tail goes on as an exponential one. */
  private double logSurvival(double score) {
    double excess = (score - from) / scale;
    return shape == 0 || excess < 0 ? -excess : -Math.log1p(shape * excess) / shape;
  }
}
