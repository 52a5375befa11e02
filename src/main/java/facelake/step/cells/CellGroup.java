package facelake.step.cells;

import facelake.match.PairScan;
import facelake.step.Iterators;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/**
 * The cells of a group: compares what lies in them with what visits them. Items that lie in
 * neighbouring cells are one block, and visitors wait for it until there are enough to fill a
 * matrix product. Hands out the near pairs of one such product after the other.
 */
final class CellGroup implements Iterator<Iterator<Row>> {
  /** Items of a block; and the visitors that wait for one at most. */
  private static final int BLOCK = 512;

  /** Some neighbouring cells, and who waits to be compared in them. */
  private record Block(ItemBlock homes, List<Item> waiting) {}

  private final PairScan scan;
  private final Iterator<Visit> visits;
  private final List<Block> blocks = new ArrayList<>();

  /** The first and the last block of a cell. */
  private final Map<Integer, int[]> blocksOfCells = new HashMap<>();

  private final Deque<Block> full = new ArrayDeque<>();
  private final Iterator<Block> last;

  /**
   * A comparison.
   *
   * @param homes what lies in the cells, in their order
   * @param visitors what lies elsewhere and is compared here too
   */
  CellGroup(PairScan scan, List<Visit> homes, Iterator<Visit> visitors) {
    this.scan = scan;
    for (int from = 0; from < homes.size(); from += BLOCK) {
      add(homes.subList(from, Math.min(homes.size(), from + BLOCK)));
    }
    visits = Iterators.flatMap(List.of(homes.iterator(), visitors).iterator(), each -> each);
    last = blocks.iterator();
  }

  private void add(List<Visit> homes) {
    int place = blocks.size();
    for (Visit home : homes) {
      blocksOfCells.computeIfAbsent(home.home(), cell -> new int[] {place, place})[1] = place;
    }
    blocks.add(
        new Block(ItemBlock.of(homes.stream().map(Visit::item).toList()), new ArrayList<>()));
  }

  @Override
  public boolean hasNext() {
    return visits.hasNext() || !full.isEmpty() || last.hasNext();
  }

  @Override
  public Iterator<Row> next() {
    while (full.isEmpty() && visits.hasNext()) {
      take(visits.next());
    }
    if (!full.isEmpty()) {
      return compared(full.remove());
    }
    if (!last.hasNext()) {
      throw new NoSuchElementException();
    }
    return compared(last.next());
  }

  private void take(Visit visit) {
    // Cells are in order, so that those of one block follow each other.
    int before = -1;
    for (int cell : visit.cells()) {
      int[] places = blocksOfCells.get(cell);
      if (places == null) {
        continue;
      }
      for (int place = Math.max(places[0], before + 1); place <= places[1]; place++) {
        wait(blocks.get(place), visit.item());
        before = place;
      }
    }
  }

  private void wait(Block block, Item item) {
    block.waiting().add(item);
    if (block.waiting().size() == BLOCK) {
      full.add(block);
    }
  }

  private Iterator<Row> compared(Block block) {
    if (block.waiting().isEmpty()) {
      return List.<Row>of().iterator();
    }
    ItemBlock visitors = ItemBlock.of(List.copyOf(block.waiting()));
    block.waiting().clear();
    return visitors.near(scan, block.homes());
  }
}
