package facelake.eval;

import facelake.match.PairList;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Distances of pairs of faces of which it is known whether they are one person's, with what is
 * needed to say how sure their rates are: the pairs of one person stand and fall together.
 *
 * <p>People are numbers from 0.
 */
public final class PairSample {
  private final PairList genuine;
  private final PairList impostors;
  private final long[] impostorPairs;
  private final double radius;
  private final int[] nearestFirst;
  private final double pairs;

  /**
   * A sample.
   *
   * @param genuine pairs of one person, who is the left index
   * @param impostors pairs of two people, who are left and right: all that are nearer than {@code
   *     radius}, and perhaps others
   * @param impostorPairs how many pairs with others there are of each person, near and far
   * @param radius positive infinity where all pairs are there
   */
  public PairSample(PairList genuine, PairList impostors, long[] impostorPairs, double radius) {
    this.genuine = genuine;
    this.impostors = impostors;
    this.impostorPairs = impostorPairs;
    this.radius = radius;
    this.pairs = Arrays.stream(impostorPairs).sum() / 2.0;
    this.nearestFirst =
        IntStream.range(0, impostors.size())
            .filter(pair -> impostors.distance(pair) < radius)
            // Floats that are not negative are in the order of their bits.
            .mapToLong(pair -> (long) Float.floatToIntBits(impostors.distance(pair)) << 32 | pair)
            .sorted()
            .mapToInt(key -> (int) key)
            .toArray();
  }

  /** Pairs of one person. */
  public long genuinePairs() {
    return genuine.size();
  }

  /** Pairs of two people, near and far. */
  public double impostorPairs() {
    return pairs;
  }

  /**
   * Whether all pairs of two people are known that a false match rate is about, if there are any.
   */
  public boolean reaches(double falseMatchRate) {
    double matches = falseMatchRate * pairs;
    return near() == pairs || near() > matches || matches < 1;
  }

  /** Pairs of two people that are nearer than the radius. */
  int near() {
    return nearestFirst.length;
  }

  /** The distance within which all pairs of two people are known. */
  double radius() {
    return radius;
  }

  /** The distance of the nearest pairs of two people, from 0 on. */
  double nearest(int rank) {
    return impostors.distance(nearestFirst[rank]);
  }

  /** How many pairs of two people are nearer than a threshold, which is at most the radius. */
  int falseMatches(double threshold) {
    int low = 0;
    int high = near();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (nearest(middle) < threshold) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The false match rate where so many of the nearest pairs match, with pairs that share a person
   * taken together. Where none matches nothing is known of that, and pairs count as independent.
   */
  Rate falseMatchRate(int matches) {
    return Rate.of(matches / pairs, pairs / designEffect(matches));
  }

  /** How many false matches that have nothing to do with each other tell as much as these. */
  double independentMatches(int matches) {
    return matches / designEffect(matches);
  }

  /**
   * The variance of the number of matches over that of independent pairs, at least 1: for small
   * rates that of Aronow, Samii and Assenova, "Cluster-robust variance estimation for dyadic data",
   * Political Analysis 23 (2015).
   */
  private double designEffect(int matches) {
    double rate = matches / pairs;
    return Rate.designEffect(rate, pairs, variance(matches, rate));
  }

  private double variance(int matches, double rate) {
    int[] ofPerson = new int[impostorPairs.length];
    long[] dyads = new long[matches];
    for (int i = 0; i < matches; i++) {
      int left = impostors.left(nearestFirst[i]);
      int right = impostors.right(nearestFirst[i]);
      ofPerson[left]++;
      ofPerson[right]++;
      dyads[i] = (long) Math.min(left, right) << 32 | Math.max(left, right);
    }
    double variance = -squaresOfRuns(dyads);
    for (int person = 0; person < ofPerson.length; person++) {
      double excess = ofPerson[person] - rate * impostorPairs[person];
      variance += excess * excess;
    }
    return variance;
  }

  /** The sum of the squares of how often each value is there. */
  private static double squaresOfRuns(long[] values) {
    Arrays.sort(values);
    double sum = 0;
    int start = 0;
    for (int i = 1; i <= values.length; i++) {
      if (i == values.length || values[i] != values[start]) {
        sum += Math.pow(i - start, 2);
        start = i;
      }
    }
    return sum;
  }

  /**
   * The false non-match rate at a threshold; pairs of one person depend on each other. Where all or
   * none are missed, there are as many independent ones as people of one weight (Kish).
   */
  Rate falseNonMatchRate(double threshold) {
    double[] misses = new double[impostorPairs.length];
    double[] trials = new double[impostorPairs.length];
    for (int pair = 0; pair < genuine.size(); pair++) {
      trials[genuine.left(pair)]++;
      if (!(genuine.distance(pair) < threshold)) {
        misses[genuine.left(pair)]++;
      }
    }
    double missed = Arrays.stream(misses).sum();
    double rate = missed / genuine.size();
    double variance = 0;
    double squares = 0;
    for (int person = 0; person < misses.length; person++) {
      variance += Math.pow(misses[person] - rate * trials[person], 2);
      squares += trials[person] * trials[person];
    }
    double all = genuine.size();
    return missed == 0 || missed == all
        ? Rate.of(rate, all == 0 ? 0 : all * all / squares)
        : Rate.of(rate, all / Rate.designEffect(rate, all, variance));
  }

  /** The distances of the nearest pairs of two people, negative, nearest first, so many at most. */
  double[] highestScores(int most) {
    return IntStream.range(0, Math.min(most, near())).mapToDouble(rank -> -nearest(rank)).toArray();
  }
}
