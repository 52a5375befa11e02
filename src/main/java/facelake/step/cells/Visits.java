package facelake.step.cells;

import facelake.match.CellFinder;
import facelake.match.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sends items to the groups of the cells that they are compared in. */
final class Visits {
  private final Cells cells;
  private final CellPlan plan;

  Visits(Cells cells, CellPlan plan) {
    this.cells = cells;
    this.plan = plan;
  }

  /** The visits of these items: for each item, one for each group. */
  List<Visit> of(ItemBlock block, CellFinder finder) {
    int[][] nearest = finder.nearest(block.embeddings());
    List<Visit> visits = new ArrayList<>();
    for (int row = 0; row < nearest.length; row++) {
      add(block.items().get(row), nearest[row], visits);
    }
    return visits;
  }

  private void add(Item item, int[] nearest, List<Visit> visits) {
    int home = nearest[0];
    int[] sorted = nearest.clone();
    Arrays.sort(sorted);
    int to;
    for (int from = 0; from < sorted.length; from = to) {
      int group = group(sorted[from]);
      to = from + 1;
      while (to < sorted.length && group(sorted[to]) == group) {
        to++;
      }
      int lies = group == group(home) ? home : Visit.ELSEWHERE;
      visits.add(new Visit(group, lies, Arrays.copyOfRange(sorted, from, to), item));
    }
  }

  private int group(int cell) {
    return plan.group(cell, cells.count());
  }
}
