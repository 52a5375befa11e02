package facelake.eval;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Pairs in the order of their scores, to see what a threshold would make of them.
 *
 * <p>A threshold takes every pair with its score or a higher one; pairs of the same score are taken
 * together, so that nothing depends on the order in which they came.
 */
public final class RankedPairs {
  private final long truePairs;

  /**
   * For each distinct score, the highest first: the score and the pairs with it or a higher one.
   */
  private final double[] scores;

  private final long[] right;
  private final long[] wrong;

  private RankedPairs(double[] scores, long[] right, long[] wrong, long truePairs) {
    this.scores = scores;
    this.right = right;
    this.wrong = wrong;
    this.truePairs = truePairs;
  }

  /**
   * What a threshold gives.
   *
   * @param score pairs with this score or a higher one are taken; infinite where none is
   * @param result how right and complete they are
   */
  public record Operating(double score, PrecisionRecall result) {}

  /**
   * Ranks pairs.
   *
   * @param scores of each pair, higher for a surer one; no NaN
   * @param same whether each pair is truly one
   * @param truePairs how many true pairs there are, those without a score included
   */
  public static RankedPairs of(double[] scores, boolean[] same, long truePairs) {
    if (scores.length != same.length) {
      throw new IllegalArgumentException(
          "%d scores and %d truths".formatted(scores.length, same.length));
    }
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted((a, b) -> Double.compare(scores[b], scores[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    int distinct = 0;
    double[] levels = new double[order.length];
    long[] right = new long[order.length];
    long[] wrong = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      double score = scores[order[i]];
      if (Double.isNaN(score)) {
        throw new IllegalArgumentException("the score of pair " + order[i] + " is no number");
      }
      if (i == 0 || score != levels[distinct - 1]) {
        right[distinct] = i == 0 ? 0 : right[distinct - 1];
        wrong[distinct] = i == 0 ? 0 : wrong[distinct - 1];
        levels[distinct++] = score;
      }
      (same[order[i]] ? right : wrong)[distinct - 1]++;
    }
    long scored = distinct == 0 ? 0 : right[distinct - 1];
    if (scored > truePairs) {
      throw new IllegalArgumentException(
          "%d of the scored pairs are true, and there are %d in all".formatted(scored, truePairs));
    }
    return new RankedPairs(
        Arrays.copyOf(levels, distinct),
        Arrays.copyOf(right, distinct),
        Arrays.copyOf(wrong, distinct),
        truePairs);
  }

  /** The threshold of the best F1; of several the highest. */
  public Operating bestF1() {
    Operating best = none();
    for (int level = 0; level < scores.length; level++) {
      Operating here = at(level);
      if (here.result().f1() > best.result().f1() || best.result().truePositives() == 0) {
        best = here;
      }
    }
    return best;
  }

  /**
   * The threshold that finds most true pairs while at least so many of the pairs that it takes are
   * true; takes none where no threshold does.
   *
   * @param precision 0 to 1
   */
  public Operating atPrecision(double precision) {
    Operating best = none();
    for (int level = 0; level < scores.length; level++) {
      boolean more = right[level] > best.result().truePositives();
      if (more && right[level] >= precision * (right[level] + wrong[level])) {
        best = at(level);
      }
    }
    return best;
  }

  /** What a threshold gives. */
  public Operating atScore(double score) {
    int level = 0;
    while (level < scores.length && scores[level] >= score) {
      level++;
    }
    return new Operating(score, level == 0 ? none().result() : at(level - 1).result());
  }

  /** True pairs with a higher score than any false one. */
  public long trueBeforeFirstFalse() {
    long before = 0;
    for (int level = 0; level < scores.length && wrong[level] == 0; level++) {
      before = right[level];
    }
    return before;
  }

  private Operating none() {
    return new Operating(Double.POSITIVE_INFINITY, new PrecisionRecall(0, 0, truePairs));
  }

  private Operating at(int level) {
    return new Operating(
        scores[level], new PrecisionRecall(right[level], wrong[level], truePairs - right[level]));
  }
}
