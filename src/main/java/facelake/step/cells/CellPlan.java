package facelake.step.cells;

import java.io.Serializable;

/**
 * How a search in cells is cut into pieces.
 *
 * @param cells of the whole space
 * @param probes cells that an embedding is compared in
 * @param groups of cells; the embeddings that lie in one of them are in memory at a time
 * @param sampled embeddings that are compared with all others, to see how many pairs are found
 */
public record CellPlan(int cells, int probes, int groups, int sampled) implements Serializable {
  /** Up to so many, comparing all with all is a matter of minutes, and exact. */
  public static final long EXACT_UP_TO = 2_000_000;

  /** One in so many cells: on drawn faces that finds 95 of 100 near pairs. */
  private static final int PROBED = 100;

  private static final int FEWEST_PROBES = 32;
  private static final int SAMPLED = 1000;

  /** Embeddings in the cells of a group: 280 MB, which the tasks of an executor share. */
  private static final long GROUP = 524_288;

  /** Checks that each piece holds something. */
  public CellPlan {
    if (cells < 1 || probes < 1 || groups < 1 || groups > cells || sampled < 1) {
      throw new IllegalArgumentException(
          "A search needs at least 1 cell, 1 probe, 1 sampled embedding and 1 to as many groups as"
              + " cells, not %d, %d, %d, %d".formatted(cells, probes, sampled, groups));
    }
  }

  /**
   * The usual plan.
   *
   * <p>Depends on nothing else, since what is found depends on it.
   *
   * @param count embeddings to compare
   */
  public static CellPlan of(long count) {
    int cells = (int) Math.max(1, Math.min(count, Math.round(4 * Math.sqrt(count))));
    long groups = (count + GROUP - 1) / GROUP;
    int probes = Math.min(cells, Math.max(FEWEST_PROBES, cells / PROBED));
    int sampled = (int) Math.max(1, Math.min(count, SAMPLED));
    return new CellPlan(cells, probes, (int) Math.max(1, Math.min(cells, groups)), sampled);
  }

  /** The group of a cell: cells with neighbouring numbers are in one. */
  int group(int cell, int count) {
    return (int) ((long) cell * groups / count);
  }
}
