package facelake.step.cells;

import facelake.match.PairScan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/**
 * Compares items with what lies in those cells of a group that they are compared in. Items wait for
 * a block until there are enough to fill a matrix product. Hands out the near pairs of one such
 * product after the other.
 */
final class GroupScan implements Iterator<Iterator<Row>> {
  /** Items that wait for a block at most: as many as lie there. */
  private static final int BLOCK = CellGroup.BLOCK;

  private final PairScan scan;
  private final CellGroup group;
  private final Iterator<PlacedItem> items;
  private final List<List<Item>> waiting;

  /** Blocks for which enough items wait. */
  private final Deque<Integer> full = new ArrayDeque<>();

  private final Iterator<Integer> last;

  GroupScan(PairScan scan, CellGroup group, Iterator<PlacedItem> items) {
    this.scan = scan;
    this.group = group;
    this.items = items;
    int blocks = group.blocks().size();
    waiting =
        IntStream.range(0, blocks).mapToObj(block -> (List<Item>) new ArrayList<Item>()).toList();
    last = IntStream.range(0, blocks).iterator();
  }

  @Override
  public boolean hasNext() {
    return items.hasNext() || !full.isEmpty() || last.hasNext();
  }

  @Override
  public Iterator<Row> next() {
    while (full.isEmpty() && items.hasNext()) {
      take(items.next());
    }
    if (!full.isEmpty()) {
      return near(full.remove());
    }
    if (!last.hasNext()) {
      throw new NoSuchElementException();
    }
    return near(last.next());
  }

  private void take(PlacedItem item) {
    // Cells and blocks are in the same order, so that those of one block follow each other.
    int before = -1;
    for (int cell : item.cells()) {
      int[] blocks = group.blocksOf(cell);
      if (blocks == null) {
        continue;
      }
      for (int block = Math.max(blocks[0], before + 1); block <= blocks[1]; block++) {
        before = block;
        waiting.get(block).add(item.item());
        if (waiting.get(block).size() == BLOCK) {
          full.add(block);
        }
      }
    }
  }

  private Iterator<Row> near(int block) {
    List<Item> visitors = waiting.get(block);
    if (visitors.isEmpty()) {
      return List.<Row>of().iterator();
    }
    ItemBlock visiting = ItemBlock.of(visitors);
    visitors.clear();
    return visiting.near(scan, group.blocks().get(block));
  }
}
