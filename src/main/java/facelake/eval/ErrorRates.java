package facelake.eval;

import java.util.Arrays;
import java.util.List;

/**
 * The false match rate (FMR) and the false non-match rate (FNMR) of every threshold that makes a
 * difference, as ISO/IEC 19795-1 names them.
 *
 * @param thresholds ascending; pairs nearer than one are called one person
 * @param falseMatchRates share of the pairs of two people that are called one
 * @param falseNonMatchRates share of the pairs of one person that are called two
 */
public record ErrorRates(
    double[] thresholds, double[] falseMatchRates, double[] falseNonMatchRates) {

  /** The rates of some pairs, at least one of each kind. */
  public static ErrorRates of(List<MeasuredPair> pairs) {
    double[] same = distances(pairs, true);
    double[] different = distances(pairs, false);
    double[] levels =
        pairs.stream().mapToDouble(MeasuredPair::distance).sorted().distinct().toArray();
    double[] thresholds = Arrays.copyOf(levels, levels.length + 1);
    thresholds[levels.length] = Math.nextUp(levels[levels.length - 1]);
    double[] falseMatches = new double[thresholds.length];
    double[] falseNonMatches = new double[thresholds.length];
    int nearSame = 0;
    int nearDifferent = 0;
    for (int i = 0; i < thresholds.length; i++) {
      while (nearSame < same.length && same[nearSame] < thresholds[i]) {
        nearSame++;
      }
      while (nearDifferent < different.length && different[nearDifferent] < thresholds[i]) {
        nearDifferent++;
      }
      falseMatches[i] = (double) nearDifferent / different.length;
      falseNonMatches[i] = 1 - (double) nearSame / same.length;
    }
    return new ErrorRates(thresholds, falseMatches, falseNonMatches);
  }

  /** The distances of the pairs of one kind, ascending. */
  public static double[] distances(List<MeasuredPair> pairs, boolean same) {
    return pairs.stream()
        .filter(pair -> pair.same() == same)
        .mapToDouble(MeasuredPair::distance)
        .sorted()
        .toArray();
  }

  /**
   * The least false non-match rate at a false match rate.
   *
   * @param falseMatchRate 0 to 1
   */
  public double falseNonMatchRateAt(double falseMatchRate) {
    double least = 1;
    for (int i = 0; i < thresholds.length && falseMatchRates[i] <= falseMatchRate; i++) {
      least = falseNonMatchRates[i];
    }
    return least;
  }
}
