package facelake.step.review;

import facelake.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A section of the site.
 *
 * @param title what it is called
 * @param rows what it shows, each as it becomes JSON
 * @param total how many rows there are, shown or not
 * @param note what a person should know of the choice; null where there is nothing to say
 * @param missing what to run where the lake has no such table; null where it has
 */
public record Section(
    Title title, List<Map<String, Object>> rows, long total, String note, String missing) {
  /**
   * What a section is called.
   *
   * @param name of its page
   * @param words for its rows
   */
  public record Title(String name, String words) {}

  /** The name of a row's value that is a list of {@link Choice}. */
  public static final String CHOICES = "choices";

  private static final int ID_DIGITS = 16;

  static Section of(Title title, List<Map<String, Object>> rows, long total, String note) {
    return new Section(title, rows, total, note, null);
  }

  /** An id that follows from what a row is about, so that later runs give the same. */
  static String id(String... parts) {
    String text =
        Arrays.stream(parts)
            .map(part -> part == null ? "-" : part.length() + ":" + part)
            .collect(Collectors.joining());
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
  }

  static Section missing(Title title, String what) {
    return new Section(title, List.of(), 0, null, what);
  }

  /** Whether the lake has no such table. */
  public boolean isMissing() {
    return missing != null;
  }
}
