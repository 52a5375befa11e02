package facelake.job;

import facelake.step.Leaks;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What {@link LeakageJob} found.
 *
 * @param people people of the test sets, 1 or more
 * @param photos photos of the test sets that could be read, 1 or more
 * @param unseen faces that have no person, of each dataset that has such
 * @param counts rows of each kind; a kind without any has no entry
 * @param examples the first rows of each kind
 * @param seconds of the whole job
 */
public record LeakageResult(
    long people,
    long photos,
    SortedMap<String, Long> unseen,
    Map<Leaks.Kind, Long> counts,
    List<Example> examples,
    double seconds) {

  /** How many rows of a kind there are. */
  public long count(Leaks.Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /**
   * Something on both sides.
   *
   * @param train what it is called in the training set
   * @param test what it is called in the test set
   * @param probability that two identities are one person, or null
   */
  public record Example(Leaks.Kind kind, String train, String test, Double probability) {}
}
