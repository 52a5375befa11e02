package facelake.step.forget;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds words anywhere in texts: ids, URIs and names, as they are and as JSON writes them. A word
 * counts where neither a letter nor a digit stands before or after it.
 */
public final class Mentions implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Words are looked up by so many last characters; shorter ones are tried one by one. */
  private static final int TAIL = 12;

  private final Map<String, List<String>> byTail = new HashMap<>();
  private final List<String> shorter = new ArrayList<>();

  private Mentions(Collection<String> words) {
    words.forEach(
        word -> {
          add(word);
          String inJson = new String(JsonStringEncoder.getInstance().quoteAsString(word));
          if (!inJson.equals(word)) {
            add(inJson);
          }
        });
  }

  /** Mentions of any of these words, each of one character or more. */
  public static Mentions of(Collection<String> words) {
    return new Mentions(words);
  }

  private void add(String word) {
    if (word.length() < TAIL) {
      shorter.add(word);
    } else {
      byTail
          .computeIfAbsent(word.substring(word.length() - TAIL), tail -> new ArrayList<>(1))
          .add(word);
    }
  }

  /** Whether one of the words stands in a text. */
  public boolean in(String text) {
    return shorter.stream().anyMatch(word -> isIn(text, word)) || hasLonger(text);
  }

  private boolean hasLonger(String text) {
    if (byTail.isEmpty()) {
      return false;
    }
    for (int end = TAIL; end <= text.length(); end++) {
      List<String> words = byTail.get(text.substring(end - TAIL, end));
      if (words != null) {
        for (String word : words) {
          int start = end - word.length();
          if (start >= 0 && text.startsWith(word, start) && stands(text, start, end)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isIn(String text, String word) {
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (stands(text, at, at + word.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean stands(String text, int start, int end) {
    return (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)))
        && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
  }
}
