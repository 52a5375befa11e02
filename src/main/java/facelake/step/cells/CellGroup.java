package facelake.step.cells;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What lies in the cells of a group, in the order of the cells, cut into blocks: a block may hold
 * several small cells, and a large cell may reach over several blocks.
 */
final class CellGroup implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<ItemBlock> blocks = new ArrayList<>();

  /** The first and the last block of each cell. */
  private final Map<Integer, int[]> blocksOfCells = new HashMap<>();

  /**
   * A group.
   *
   * @param homes in the order of their cells
   * @param size items of a block
   */
  CellGroup(Iterator<PlacedItem> homes, int size) {
    ItemBlock.chunks(homes, size).forEachRemaining(this::add);
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
