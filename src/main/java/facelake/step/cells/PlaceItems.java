package facelake.step.cells;

import facelake.match.CellFinder;
import facelake.match.Cells;
import facelake.spark.Iterators;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Finds the cells of items. Belongs to one thread; the owner closes it. */
final class PlaceItems implements AutoCloseable {
  /** Items whose cells are looked for at once. */
  private static final int BLOCK = 4096;

  private final Cells cells;
  private final CellPlan plan;
  private final CellFinder finder;

  PlaceItems(Cells cells, CellPlan plan) {
    this.cells = cells;
    this.plan = plan;
    this.finder = new CellFinder(cells, plan.probes());
  }

  Iterator<PlacedItem> placed(Iterator<Item> items) {
    return Iterators.flatMap(Iterators.chunks(items, BLOCK), block -> placed(block).iterator());
  }

  private List<PlacedItem> placed(List<Item> items) {
    int[][] nearest = finder.nearest(ItemBlock.of(items).embeddings());
    List<PlacedItem> placed = new ArrayList<>();
    for (int row = 0; row < nearest.length; row++) {
      int home = nearest[row][0];
      Arrays.sort(nearest[row]);
      placed.add(
          new PlacedItem(plan.group(home, cells.count()), home, nearest[row], items.get(row)));
    }
    return placed;
  }

  @Override
  public void close() {
    finder.close();
  }
}
