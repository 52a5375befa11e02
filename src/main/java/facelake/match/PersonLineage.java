package facelake.match;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Names the people of a run after those of the run before.
 *
 * <p>A person goes on as the group that has most of its faces. Where several go on as one group,
 * the one with most faces there gives it its name and the others are merged into it; faces of a
 * person in any other group were split off. Groups that continue nobody get new names, which no
 * person ever had.
 */
public final class PersonLineage {
  /** What happened to a person. */
  public enum Event {
    /** All that was looked at of it is now part of another person. */
    MERGED,
    /** Some of its faces are now another person. */
    SPLIT,
    /** None of its faces is left. */
    ENDED;

    /** The word that tables hold. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Faces that a person of the run before and a group of this run have in common.
   *
   * @param person id of the person
   * @param group number of the group
   * @param faces how many, at least 1
   */
  public record Overlap(String person, int group, long faces) {}

  /**
   * One event.
   *
   * @param person id of the person that it happened to
   * @param became id of the person that its faces went to, or null
   * @param faces how many faces
   */
  public record Change(String person, Event event, String became, long faces) {}

  /**
   * Names and events.
   *
   * @param ids id of each group
   * @param changes in order of person and new person
   */
  public record Result(String[] ids, List<Change> changes) {}

  private final String scope;
  private final Set<String> used;

  /**
   * A lineage.
   *
   * @param scope part of new ids, see {@link PersonId}
   * @param used every id that was ever given
   */
  public PersonLineage(String scope, Collection<String> used) {
    this.scope = scope;
    this.used = new HashSet<>(used);
  }

  /**
   * Names groups.
   *
   * @param before ids of the people of the run before
   * @param staying those of them who have faces that this run does not look at: they go on with
   *     these
   * @param overlaps what they have in common with the groups
   * @param smallestFaceIds of each group, for new ids
   */
  public Result name(
      Collection<String> before,
      Set<String> staying,
      List<Overlap> overlaps,
      String[] smallestFaceIds) {
    Map<String, Overlap> heirs =
        most(
            overlaps,
            Overlap::person,
            Comparator.comparingLong(Overlap::faces).reversed().thenComparing(Overlap::group));
    Map<Integer, Overlap> names =
        most(
            heirs.values(),
            Overlap::group,
            Comparator.comparingLong(Overlap::faces).reversed().thenComparing(Overlap::person));
    String[] ids = new String[smallestFaceIds.length];
    for (int group = 0; group < ids.length; group++) {
      Overlap name = names.get(group);
      ids[group] = name == null ? unused(smallestFaceIds[group]) : name.person();
    }
    return new Result(ids, changes(before, staying, overlaps, heirs, ids));
  }

  private static <K> Map<K, Overlap> most(
      Collection<Overlap> overlaps, Function<Overlap, K> key, Comparator<Overlap> best) {
    return overlaps.stream()
        .collect(
            Collectors.toMap(key, overlap -> overlap, BinaryOperator.minBy(best), TreeMap::new));
  }

  private static List<Change> changes(
      Collection<String> before,
      Set<String> staying,
      List<Overlap> overlaps,
      Map<String, Overlap> heirs,
      String[] ids) {
    List<Change> changes = new ArrayList<>();
    for (Overlap overlap : overlaps) {
      String became = ids[overlap.group()];
      if (became.equals(overlap.person())) {
        continue;
      }
      boolean whole =
          heirs.get(overlap.person()).group() == overlap.group()
              && !staying.contains(overlap.person());
      changes.add(
          new Change(
              overlap.person(), whole ? Event.MERGED : Event.SPLIT, became, overlap.faces()));
    }
    before.stream()
        .filter(person -> !heirs.containsKey(person) && !staying.contains(person))
        .forEach(person -> changes.add(new Change(person, Event.ENDED, null, 0)));
    changes.sort(
        Comparator.comparing(Change::person)
            .thenComparing(Change::became, Comparator.nullsLast(Comparator.naturalOrder())));
    return changes;
  }

  private String unused(String smallestFaceId) {
    String id = PersonId.of(scope, smallestFaceId);
    for (int generation = 2; !used.add(id); generation++) {
      id = PersonId.of(scope + '#' + generation, smallestFaceId);
    }
    return id;
  }
}
