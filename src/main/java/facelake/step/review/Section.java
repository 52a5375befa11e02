package facelake.step.review;

import java.util.List;
import java.util.Map;

/**
 * A section of the site.
 *
 * @param name of its page
 * @param rows what it shows, each as it becomes JSON
 * @param total how many rows there are, shown or not
 * @param note what a person should know of the choice; null where there is nothing to say
 * @param missing what to run where the lake has no such table; null where it has
 */
public record Section(
    String name, List<Map<String, Object>> rows, long total, String note, String missing) {
  static Section of(String name, List<Map<String, Object>> rows, long total, String note) {
    return new Section(name, rows, total, note, null);
  }

  static Section missing(String name, String what) {
    return new Section(name, List.of(), 0, null, what);
  }

  /** Whether the lake has no such table. */
  public boolean isMissing() {
    return missing != null;
  }
}
