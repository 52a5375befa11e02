package facelake.eval;

import facelake.eval.ClusterScores.Cell;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well faces were grouped into people, in numbers that can be checked by looking at the groups.
 *
 * @param people that the faces really show
 * @param groups of two faces or more
 * @param alone faces that are in no such group
 * @param purity the share of the faces whose group shows mostly their person (Manning, Raghavan and
 *     Schütze, "Introduction to Information Retrieval", 2008, 16.3)
 * @param wrongMerges people in a group beyond its first, over all groups: how often two people were
 *     taken for one
 * @param splits groups of a person beyond its first, a face alone counting as one, over all people:
 *     how often one person was taken for two
 * @param clusters the measures by pairs and by faces
 */
public record GroupingScores(
    long people,
    long groups,
    long alone,
    Proportion purity,
    long wrongMerges,
    long splits,
    ClusterScores clusters) {

  /** The scores of counted faces: each cell is of another pair of a group and a person. */
  public static GroupingScores of(List<Cell> cells) {
    Map<Integer, Long> sizes = new HashMap<>();
    Map<Integer, Long> largest = new HashMap<>();
    Set<Integer> people = new HashSet<>();
    for (Cell cell : cells) {
      sizes.merge(cell.found(), cell.items(), Long::sum);
      largest.merge(cell.found(), cell.items(), Math::max);
      people.add(cell.truth());
    }
    long alone = sizes.values().stream().filter(size -> size == 1).count();
    return new GroupingScores(
        people.size(),
        sizes.size() - alone,
        alone,
        new Proportion(
            largest.values().stream().mapToLong(Long::longValue).sum(),
            sizes.values().stream().mapToLong(Long::longValue).sum()),
        cells.size() - sizes.size(),
        cells.size() - people.size(),
        ClusterScores.of(cells));
  }

  /** Faces that were grouped. */
  public long faces() {
    return purity.trials();
  }
}
