package facelake.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * How well groups that were found agree with the true ones, by pairs and by items.
 *
 * <p>Pairs are the common measure, but a person of a thousand faces has as many pairs as five
 * hundred thousand people of two. B-cubed (Bagga and Baldwin, "Entity-based cross-document
 * coreferencing using the vector space model", 1998) asks of each item which share of its group
 * belongs with it, and takes the mean over items; Amigó et al., "A comparison of extrinsic
 * clustering evaluation metrics based on formal constraints" (2009), show that alone of the usual
 * measures it ranks groupings as people would.
 *
 * @param items how many were grouped
 * @param pairs of items that stand together: found and true
 * @param bcubedPrecision mean over items of the share of the item's found group that is of the
 *     item's true group, 0 to 1; NaN without items
 * @param bcubedRecall mean over items of the share of the item's true group that is in the item's
 *     found group, 0 to 1; NaN without items
 */
public record ClusterScores(
    long items, PrecisionRecall pairs, double bcubedPrecision, double bcubedRecall) {

  /**
   * So many items of one found and one true group.
   *
   * @param found label of the found group, any number
   * @param truth label of the true group, any number
   * @param items 0 or more
   */
  public record Cell(int found, int truth, long items) {}

  /**
   * The scores of items that are given one by one.
   *
   * @param found label of the group that each item was put into, any numbers
   * @param truth label of the group that each item belongs to, in the same order
   */
  public static ClusterScores of(int[] found, int[] truth) {
    if (found.length != truth.length) {
      throw new IllegalArgumentException(
          "%d items were grouped, and the truth tells of %d".formatted(found.length, truth.length));
    }
    long[] labels = new long[found.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (long) found[i] << Integer.SIZE | Integer.toUnsignedLong(truth[i]);
    }
    Arrays.sort(labels);
    List<Cell> cells = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= labels.length; i++) {
      if (i == labels.length || labels[i] != labels[start]) {
        cells.add(new Cell((int) (labels[start] >> Integer.SIZE), (int) labels[start], i - start));
        start = i;
      }
    }
    return of(cells);
  }

  /** The scores of items that were counted; cells of the same two labels count as one. */
  public static ClusterScores of(List<Cell> cells) {
    Side byFound = Side.of(cells, Cell::found, Cell::truth);
    Side byTruth = Side.of(cells, Cell::truth, Cell::found);
    long both = byFound.jointPairs;
    return new ClusterScores(
        byFound.items,
        new PrecisionRecall(both, byFound.pairs - both, byTruth.pairs - both),
        byFound.shares / byFound.items,
        byTruth.shares / byTruth.items);
  }

  /** The harmonic mean of B-cubed precision and recall, 0 to 1. */
  public double bcubedF1() {
    return 2 * bcubedPrecision * bcubedRecall / (bcubedPrecision + bcubedRecall);
  }

  /** Both measures in one line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "pairs: %s; B-cubed: precision %.3f, recall %.3f, F1 %.3f",
        pairs,
        bcubedPrecision,
        bcubedRecall,
        bcubedF1());
  }

  /** The sums over the groups of one side, each cut into parts by the other side. */
  private static final class Side {
    private long items;
    private long pairs;
    private long jointPairs;

    /** Over items, the share of the group that is of the item's own part. */
    private double shares;

    static Side of(List<Cell> cells, ToIntFunction<Cell> group, ToIntFunction<Cell> part) {
      List<Cell> sorted = new ArrayList<>(cells);
      sorted.sort(Comparator.comparingInt(group).thenComparingInt(part));
      Side side = new Side();
      int next = 0;
      while (next < sorted.size()) {
        next = side.addGroup(sorted, next, group, part);
      }
      return side;
    }

    /** Adds the group that starts at a cell; says where the next one starts. */
    private int addGroup(
        List<Cell> sorted, int from, ToIntFunction<Cell> group, ToIntFunction<Cell> part) {
      int label = group.applyAsInt(sorted.get(from));
      long size = 0;
      double squares = 0;
      int next = from;
      while (next < sorted.size() && group.applyAsInt(sorted.get(next)) == label) {
        int partLabel = part.applyAsInt(sorted.get(next));
        long joint = 0;
        while (next < sorted.size()
            && group.applyAsInt(sorted.get(next)) == label
            && part.applyAsInt(sorted.get(next)) == partLabel) {
          joint += sorted.get(next++).items();
        }
        size += joint;
        jointPairs += pairsOf(joint);
        squares += (double) joint * joint;
      }
      items += size;
      pairs += pairsOf(size);
      shares += size == 0 ? 0 : squares / size;
      return next;
    }

    private static long pairsOf(long items) {
      return Math.multiplyExact(items, items - 1) / 2;
    }
  }
}
