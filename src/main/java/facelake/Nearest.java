package facelake;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the word that somebody meant. */
public final class Nearest {
  private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();

  private Nearest() {}

  /**
   * A question to append to a message, such as {@code ; did you mean index?}: the known word with
   * the fewest edits to what was typed, or nothing where those are more than half of it.
   */
  public static String question(String typed, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(word -> EDITS.apply(typed, word)))
        .filter(word -> EDITS.apply(typed, word) * 2 <= typed.length())
        .map("; did you mean %s?"::formatted)
        .orElse("");
  }
}
