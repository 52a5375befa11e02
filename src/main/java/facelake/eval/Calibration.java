package facelake.eval;

import facelake.match.ImpostorTail;

/**
 * The threshold at which so small a share of the pairs of two people matches.
 *
 * @param wanted the false match rate that was asked for, over 0
 * @param threshold faces nearer than this are one person; NaN where the sample is too small to say
 * @param basis what the threshold rests on
 * @param from the least threshold that the sample does not speak against; NaN where none is known
 * @param to the greatest such threshold; NaN where none is known
 * @param falseMatchRate what the sample shows at the threshold
 * @param falseNonMatchRate the share of the pairs of one person that the threshold misses
 */
public record Calibration(
    double wanted,
    double threshold,
    Basis basis,
    double from,
    double to,
    Rate falseMatchRate,
    Rate falseNonMatchRate) {

  /** What a threshold rests on; the label stands in files. */
  public enum Basis {
    /** Enough false matches of people who have little to do with each other. */
    MEASURED("measured"),
    /** Few of them. */
    FEW("few false matches"),
    /** The sample has no false match so rare; the tail of the others was continued. */
    EXTRAPOLATED("extrapolated"),
    /** The sample is too small even for that, or its nearest pairs are copies; no threshold. */
    NOTHING("too few pairs");

    private final String label;

    Basis(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /**
   * A rate is within 30 % of the truth, with 90 % confidence, where it rests on 30 independent
   * errors (Doddington et al., "The NIST speaker recognition evaluation", Speech Communication 31,
   * 2000).
   */
  private static final int ENOUGH = 30;

  /**
   * Beyond this share of the pairs of two people lies their bulk, which tells nothing of a tail.
   */
  private static final double TAIL = 0.02;

  /** A tail is continued to rates that are so many times smaller than the sample can show. */
  private static final double FARTHEST = 100;

  /** Halvings of a distance of about 1; the rest is less than a float shows. */
  private static final int STEPS = 40;

  /**
   * The threshold for a false match rate.
   *
   * @throws IllegalArgumentException if the radius of the sample is too small for the rate
   */
  public static Calibration of(PairSample sample, double wanted) {
    double expected = wanted * sample.impostorPairs();
    if (expected < 1) {
      return extrapolated(sample, wanted);
    }
    if (!sample.reaches(wanted)) {
      throw new IllegalArgumentException(
          "a false match rate of %s is beyond the radius %s".formatted(wanted, sample.radius()));
    }
    int matches = (int) expected;
    double threshold = sample.nearest(matches);
    if (!(threshold > 0)) {
      return nothing(sample, wanted); // copies of photos under two names are more than that
    }
    int falseMatches = sample.falseMatches(threshold);
    return new Calibration(
        wanted,
        threshold,
        sample.independentMatches(falseMatches) >= ENOUGH ? Basis.MEASURED : Basis.FEW,
        from(sample, wanted, matches),
        to(sample, wanted, matches),
        sample.falseMatchRate(falseMatches),
        sample.falseNonMatchRate(threshold));
  }

  private static Calibration nothing(PairSample sample, double wanted) {
    return new Calibration(
        wanted,
        Double.NaN,
        Basis.NOTHING,
        Double.NaN,
        Double.NaN,
        sample.falseMatchRate(0),
        Rate.of(Double.NaN, 0));
  }

  /** Where the whole interval of the rate is below what is wanted, and no farther. */
  private static double from(PairSample sample, double wanted, int matches) {
    int low = -1;
    int high = matches;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (sample.falseMatchRate(middle).upper() <= wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low < 0 ? 0 : sample.nearest(low);
  }

  /** Where the whole interval of the rate is above what is wanted, and no nearer. */
  private static double to(PairSample sample, double wanted, int matches) {
    int low = matches;
    int high = sample.near();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (sample.falseMatchRate(middle).lower() >= wanted) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high < sample.near() ? sample.nearest(high) : Double.NaN;
  }

  private static Calibration extrapolated(PairSample sample, double wanted) {
    double pairs = sample.impostorPairs();
    double[] scores =
        sample.highestScores((int) Math.min(ImpostorTail.wanted(pairs), TAIL * pairs));
    if (scores.length < ImpostorTail.needed() || wanted * pairs * FARTHEST < 1) {
      return nothing(sample, wanted);
    }
    ImpostorTail tail = ImpostorTail.of(scores, pairs);
    double low = 0;
    double high = -scores[scores.length - 1];
    for (int step = 0; step < STEPS; step++) {
      double middle = (low + high) / 2;
      if (tail.falseMatchRate(-middle) > wanted) {
        high = middle;
      } else {
        low = middle;
      }
    }
    double threshold = (float) low;
    if (!(threshold > 0)) {
      return nothing(sample, wanted);
    }
    return new Calibration(
        wanted,
        threshold,
        Basis.EXTRAPOLATED,
        Double.NaN,
        Double.NaN,
        sample.falseMatchRate(sample.falseMatches(threshold)),
        sample.falseNonMatchRate(threshold));
  }
}
