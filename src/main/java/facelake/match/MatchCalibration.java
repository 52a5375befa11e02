package facelake.match;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a score means: how much more often one person has it than two, how probable it makes that
 * two identities are one person, and how many false merges to expect at it.
 *
 * <p>Learnt from the run itself. Genuine scores are those of halves of one identity, summed up by
 * median and median absolute deviation, as some identities are mixed; impostor scores are {@link
 * ImpostorTail}. The share of pairs that are one person comes from expectation maximisation over
 * the candidates (Dempster, Laird, Rubin 1977).
 */
public final class MatchCalibration {
  /** Halves that say more about genuine scores than the usual figures do. */
  private static final int ENOUGH_HALVES = 30;

  /** Median and deviation of the scores of halves on LFW. */
  private static final double USUAL_MEDIAN = 0;

  private static final double USUAL_DEVIATION = 9;

  /** A normal distribution's standard deviation over its median absolute deviation. */
  private static final double DEVIATION_OVER_MAD = 1.4826;

  private static final int ROUNDS = 50;

  private final ImpostorTail impostors;
  private final double median;
  private final double deviation;
  private final int halves;
  private final double pairs;
  private final double prior;

  private MatchCalibration(
      ImpostorTail impostors,
      double median,
      double deviation,
      int halves,
      double pairs,
      double prior) {
    this.impostors = impostors;
    this.median = median;
    this.deviation = deviation;
    this.halves = halves;
    this.pairs = pairs;
    this.prior = prior;
  }

  /**
   * A calibration.
   *
   * @param halves scores between the two halves of identities
   * @param impostors the tail of scores between different people
   * @param candidates scores of the pairs that may be one person; those with low scores may be
   *     missing
   * @param pairs the number of all pairs that may be one person, at least 1
   */
  public static MatchCalibration of(
      double[] halves, ImpostorTail impostors, double[] candidates, double pairs) {
    double median = USUAL_MEDIAN;
    double deviation = USUAL_DEVIATION;
    if (halves.length >= ENOUGH_HALVES) {
      median = median(halves);
      double centre = median;
      deviation =
          Math.max(
              DEVIATION_OVER_MAD
                  * median(Arrays.stream(halves).map(s -> Math.abs(s - centre)).toArray()),
              1);
    }
    MatchCalibration even =
        new MatchCalibration(impostors, median, deviation, halves.length, pairs, 1 / pairs);
    return even.withPrior(candidates);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private MatchCalibration withPrior(double[] candidates) {
    MatchCalibration now = this;
    for (int round = 0; round < ROUNDS; round++) {
      double same = 0.5;
      for (double score : candidates) {
        same += now.probability(score);
      }
      double share = Math.min(0.5, same / pairs);
      now = new MatchCalibration(impostors, median, deviation, halves, pairs, share);
    }
    return now;
  }

  /** Whether the run itself showed genuine and impostor scores; else those of LFW stand in. */
  public boolean measured() {
    return impostors.measured() && halves >= ENOUGH_HALVES;
  }

  /**
   * All that {@link #probability} and {@link #expectedFalseMerges} are computed from, by name:
   * median and deviation of the genuine scores, the number of halves that showed them, the impostor
   * scores' tail, the number of pairs and the share of them that are one person.
   */
  public Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>(impostors.figures());
    figures.put("genuine_median", median);
    figures.put("genuine_deviation", deviation);
    figures.put("halves", (double) halves);
    figures.put("pairs", pairs);
    figures.put("prior", prior);
    return figures;
  }

  /** The share of all pairs that are one person, estimated. */
  public double prior() {
    return prior;
  }

  /**
   * The natural logarithm of how much more often a pair of one person has this score than a pair of
   * two. Never falls with the score: over the median, genuine scores do not become less likely.
   */
  public double logLikelihoodRatio(double score) {
    double z = Math.min(0, (score - median) / deviation);
    double genuine = -z * z / 2 - Math.log(deviation * Math.sqrt(2 * Math.PI));
    return genuine - impostors.logDensity(score);
  }

  /** How probable it is that a pair with this score is one person. */
  public double probability(double score) {
    double logOdds = logLikelihoodRatio(score) + Math.log(prior / (1 - prior));
    return 1 / (1 + Math.exp(-logOdds));
  }

  /** The least score with this probability or more. */
  public double scoreOf(double probability) {
    double low = -1000;
    double high = 1000;
    // The probability never falls with the score.
    for (int round = 0; round < 100; round++) {
      double middle = (low + high) / 2;
      if (probability(middle) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** How many pairs of different people score this or higher, among all pairs. */
  public double expectedFalseMerges(double score) {
    return pairs * impostors.falseMatchRate(score);
  }
}
