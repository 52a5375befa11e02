package facelake.job;

import facelake.UserError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with the rows of a file, gathered so that a person can mend all of it at once. */
final class Mistakes {
  private record Mistake(int row, String text) {}

  private final List<Mistake> all = new ArrayList<>();

  /** Notes what is wrong with a row. */
  void add(int row, String format, Object... values) {
    all.add(new Mistake(row, format.formatted(values)));
  }

  /**
   * Tells what was noted, where there is anything.
   *
   * @throws UserError with the first ten in the order of the rows, and the number of all
   */
  void refuse(String file) {
    if (!all.isEmpty()) {
      all.sort(Comparator.comparing(Mistake::row));
      throw new UserError(
          "decisions %s: %,d %s in its rows, and nothing was written\n%s",
          file,
          all.size(),
          all.size() == 1 ? "mistake" : "mistakes",
          Listed.first(all, mistake -> "row %d: %s".formatted(mistake.row(), mistake.text())));
    }
  }
}
