package facelake.step.cells;

import facelake.spark.Iterators;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What lies in the cells of a group, or in the next ones of a group that is too large, in the order
 * of the cells, cut into blocks: a block may hold several small cells, and a large cell may reach
 * over several blocks.
 */
final class CellGroup implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Items of a block. */
  static final int BLOCK = 512;

  /** Twice the blocks of a usual group. */
  private static final int MOST_BLOCKS = 2048;

  private final List<ItemBlock> blocks = new ArrayList<>();

  /** The first and the last block of each cell. */
  private final Map<Integer, int[]> blocksOfCells = new HashMap<>();

  /**
   * A group, or as much of it as memory is meant for: takes no more than that from the homes.
   *
   * @param homes in the order of their cells
   */
  CellGroup(Iterator<PlacedItem> homes) {
    Iterator<List<PlacedItem>> chunks = Iterators.chunks(homes, BLOCK);
    while (chunks.hasNext() && blocks.size() < MOST_BLOCKS) {
      add(chunks.next());
    }
  }

  private void add(List<PlacedItem> homes) {
    int place = blocks.size();
    for (PlacedItem home : homes) {
      blocksOfCells.computeIfAbsent(home.home(), cell -> new int[] {place, place})[1] = place;
    }
    blocks.add(ItemBlock.of(homes.stream().map(PlacedItem::item).toList()));
  }

  List<ItemBlock> blocks() {
    return blocks;
  }

  /** The places of the first and the last block of a cell; null for one that is not here. */
  int[] blocksOf(int cell) {
    return blocksOfCells.get(cell);
  }
}
