package facelake.job;

import java.util.List;
import java.util.SortedMap;

/**
 * The site that was written.
 *
 * @param page URI of the page to open
 * @param sections what it has
 * @param pictures faces and photos that are shown
 * @param unseen why photos cannot be shown, by their uris
 * @param isNoted whether {@code runs} says where the site is, which {@code forget} goes by
 */
public record ReviewResult(
    String page,
    List<Shown> sections,
    int pictures,
    SortedMap<String, String> unseen,
    boolean isNoted,
    double seconds) {
  /**
   * A section.
   *
   * @param rows what its rows are
   * @param shown rows on the site
   * @param total rows of the lake
   */
  public record Shown(String rows, int shown, long total) {}
}
