package facelake.eval;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * How right and how complete a list of findings is.
 *
 * @param truePositives what was found and is so, 0 or more
 * @param falsePositives what was found and is not so, 0 or more
 * @param falseNegatives what is so and was not found, 0 or more
 */
public record PrecisionRecall(long truePositives, long falsePositives, long falseNegatives) {
  /** Checks that nothing was counted below zero. */
  public PrecisionRecall {
    if (truePositives < 0 || falsePositives < 0 || falseNegatives < 0) {
      throw new IllegalArgumentException(
          "%d true and %d false positives, %d false negatives: counts are 0 or more"
              .formatted(truePositives, falsePositives, falseNegatives));
    }
  }

  /** The counts for things that are equal where they are the same; a repeated one counts once. */
  public static <T> PrecisionRecall of(Collection<? extends T> found, Collection<? extends T> all) {
    Set<T> distinct = new HashSet<>(found);
    Set<T> wanted = new HashSet<>(all);
    long hits = distinct.stream().filter(wanted::contains).count();
    return new PrecisionRecall(hits, distinct.size() - hits, wanted.size() - hits);
  }

  /** The share of what was found that is so. */
  public Proportion precision() {
    return new Proportion(truePositives, truePositives + falsePositives);
  }

  /** The share of what is so that was found. */
  public Proportion recall() {
    return new Proportion(truePositives, truePositives + falseNegatives);
  }

  /**
   * The harmonic mean of precision and recall, 0 to 1 (van Rijsbergen, "Information Retrieval",
   * 1979); NaN where there was nothing to find and nothing was found.
   */
  public double f1() {
    return 2.0 * truePositives / (2.0 * truePositives + falsePositives + falseNegatives);
  }

  /** {@code precision 0.981 [0.964, 0.990], recall ..., F1 0.975}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "precision %s, recall %s, F1 %.3f", precision(), recall(), f1());
  }
}
