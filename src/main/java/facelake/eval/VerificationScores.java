package facelake.eval;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/**
 * How well a threshold on the distance tells one person from two, by the figures that dlib's test
 * on LFW reports.
 *
 * @param threshold of the distance
 * @param overall share of all pairs that are ruled rightly
 * @param same share of the pairs of one person
 * @param different share of the pairs of two people
 * @param folds share in each fold, in order of their numbers
 * @param equalError where both kinds of error are alike
 */
public record VerificationScores(
    double threshold,
    Proportion overall,
    Proportion same,
    Proportion different,
    List<Proportion> folds,
    EqualError equalError) {

  /**
   * The operating point at which the two error rates differ least, as dlib's {@code
   * equal_error_rate} finds it ({@code dlib/statistics/lda.h}): of the distances that occur, the
   * largest of the best ones.
   *
   * @param accuracy one minus the larger of the two error rates there
   * @param threshold pairs at this distance or farther are called two people
   */
  public record EqualError(double accuracy, double threshold) {}

  /** The scores of some pairs, at least one of each kind. */
  public static VerificationScores of(List<MeasuredPair> pairs, double threshold) {
    TreeMap<Integer, List<MeasuredPair>> folds =
        pairs.stream()
            .collect(
                Collectors.groupingBy(
                    pair -> pair.pair().fold(), TreeMap::new, Collectors.toList()));
    return new VerificationScores(
        threshold,
        right(pairs, threshold, pair -> true),
        right(pairs, threshold, MeasuredPair::same),
        right(pairs, threshold, pair -> !pair.same()),
        folds.values().stream().map(fold -> right(fold, threshold, pair -> true)).toList(),
        equalError(pairs));
  }

  static Proportion right(
      List<MeasuredPair> pairs, double threshold, Predicate<MeasuredPair> which) {
    List<MeasuredPair> some = pairs.stream().filter(which).toList();
    return new Proportion(
        some.stream().filter(pair -> pair.isRight(threshold)).count(), some.size());
  }

  private static EqualError equalError(List<MeasuredPair> pairs) {
    // From the farthest on; of equal distances pairs of one person come first.
    MeasuredPair[] farthestFirst = pairs.toArray(MeasuredPair[]::new);
    Arrays.sort(
        farthestFirst,
        (a, b) ->
            a.distance() == b.distance()
                ? Boolean.compare(b.same(), a.same())
                : Double.compare(b.distance(), a.distance()));
    double allSame = pairs.stream().filter(MeasuredPair::same).count();
    double allDifferent = pairs.size() - allSame;
    int same = 0;
    int different = 0;
    double leastDelta = Double.POSITIVE_INFINITY;
    EqualError best = new EqualError(Double.NaN, Double.NaN);
    for (MeasuredPair pair : farthestFirst) {
      if (pair.same()) {
        same++;
      } else {
        different++;
      }
      double falseMatches = 1 - different / allDifferent;
      double falseNonMatches = same / allSame;
      double delta = Math.abs(falseMatches - falseNonMatches);
      if (delta < leastDelta) {
        leastDelta = delta;
        best = new EqualError(1 - Math.max(falseMatches, falseNonMatches), pair.distance());
      }
    }
    return best;
  }

  /** The mean of the folds' shares. */
  public double foldMean() {
    return Arrays.stream(foldValues()).average().orElse(Double.NaN);
  }

  /** Their standard deviation, that of a sample; NaN for one fold. */
  public double foldDeviation() {
    return folds.size() < 2 ? Double.NaN : new StandardDeviation().evaluate(foldValues());
  }

  private double[] foldValues() {
    return folds.stream().mapToDouble(Proportion::value).toArray();
  }
}
