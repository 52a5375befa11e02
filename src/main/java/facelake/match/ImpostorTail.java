package facelake.match;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How often two different people score as high as that: the upper tail of the impostor scores,
 * continued beyond what a sample can show.
 *
 * <p>A generalised Pareto distribution (Pickands, "Statistical Inference Using Extreme Order
 * Statistics", 1975) through two order statistics. The very highest scores are not used: where
 * labels are trusted to differ, those few may be one person under two names all the same. Beyond
 * what is used the tail goes on exponentially where its shape would end it, as steep as it is
 * there.
 */
public final class ImpostorTail {
  /** The highest scores that are not believed, at least. */
  private static final int DOUBTED = 16;

  /**
   * One label of so many may be a second name of somebody: in LFW, which was looked through, one of
   * 260.
   */
  private static final double LABELS_A_DOUBT = 200;

  /** The tail begins at this many times the rank that is believed first. */
  private static final int BEGIN = 32;

  /** The shape is looked for from this many times that rank on. */
  private static final int SHAPE_BEGIN = 8;

  /** Scores that shapes are looked for in, as many times that rank; more make them surer. */
  private static final int SHAPE_END = 250;

  /** Where a tail ends at the latest: beyond so small a part of all pairs lies their bulk. */
  private static final double TAIL = 0.02;

  /** The shape: 0 is an exponential tail; one heavier than this is never seen in such scores. */
  private static final double GREATEST_SHAPE = 0.2;

  /** A tail as light as this ends soon, of which no sample can be sure. */
  private static final double LEAST_SHAPE = -0.2;

  /** Beyond any score. */
  private static final double NEVER = 1e6;

  /**
   * The tail that resnet-v1 shows between LFW's identities, for runs with too few identities to
   * show their own: the score that one in ten thousand pairs reaches, and by how much it grows
   * until only one in e times as many does.
   */
  private static final ImpostorTail USUAL = new ImpostorTail(-11.6, 1e-4, 1.6, 0, NEVER, false);

  private final double from;
  private final double rate;
  private final double scale;
  private final double shape;
  private final double bend;
  private final boolean measured;

  private ImpostorTail(
      double from, double rate, double scale, double shape, double bend, boolean measured) {
    this.from = from;
    this.rate = rate;
    this.scale = scale;
    this.shape = shape;
    this.bend = bend;
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
    int first = Math.min(doubted(pairs), sorted.length / BEGIN);
    int begin = BEGIN * first;
    double high = at(sorted, first);
    double low = at(sorted, begin);
    double shape =
        Math.max(LEAST_SHAPE, Math.min(GREATEST_SHAPE, shape(sorted, first, TAIL * pairs)));
    double logRanks = Math.log(BEGIN);
    double step = shape == 0 ? logRanks : Math.expm1(shape * logRanks) / shape;
    double scale = Math.max((high - low) / step, Float.MIN_NORMAL);
    return new ImpostorTail(low, begin / pairs, scale, shape, shape < 0 ? high : NEVER, true);
  }

  /** The rank that is believed first: the number of labels is about the root of twice the pairs. */
  private static int doubted(double pairs) {
    return (int) Math.max(DOUBTED, Math.sqrt(2 * pairs) / LABELS_A_DOUBT);
  }

  /**
   * The median of Pickands' estimates at a rank and larger ones, as far as the tail goes: their
   * standard error is 1.8 over the root of the rank, more than the shape itself at the first.
   */
  private static double shape(double[] sorted, int first, double tail) {
    int from = SHAPE_BEGIN * first;
    double last = Math.max(4 * from, Math.min(sorted.length, tail));
    double[] shapes =
        IntStream.iterate(from, rank -> 4 * rank <= last, rank -> rank + from / 2)
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

  /** The fewest highest scores that a tail is measured from. */
  public static int needed() {
    return BEGIN * DOUBTED;
  }

  /** The highest scores that are worth having of so many pairs. */
  public static int wanted(double pairs) {
    return SHAPE_END * doubted(pairs);
  }

  /** Whether the run itself showed the tail; else it is that of LFW. */
  public boolean measured() {
    return measured;
  }

  /**
   * Where the tail begins, the share of pairs beyond that, its scale and shape, and from where on
   * it is exponential, by name.
   */
  Map<String, Double> figures() {
    return Map.of(
        "impostor_from", from,
        "impostor_rate", rate,
        "impostor_scale", scale,
        "impostor_shape", shape,
        "impostor_bend", bend);
  }

  /** The share of pairs of different people that score this or higher; at most 1. */
  public double falseMatchRate(double score) {
    return Math.min(1, rate * Math.exp(logSurvival(score)));
  }

  /** The natural logarithm of the density at a score. */
  double logDensity(double score) {
    return Math.log(rate) + logSurvival(score) - Math.log(slope(score));
  }

  /** By how much the score grows there until only one in e times as many pairs reaches it. */
  private double slope(double score) {
    return scale + shape * (Math.min(Math.max(score, from), bend) - from);
  }

  /** Under its beginning the tail goes on as an exponential one. */
  private double logSurvival(double score) {
    double excess = (Math.min(score, bend) - from) / scale;
    double before = shape == 0 || excess < 0 ? -excess : -Math.log1p(shape * excess) / shape;
    return before - Math.max(0, score - bend) / slope(score);
  }
}
