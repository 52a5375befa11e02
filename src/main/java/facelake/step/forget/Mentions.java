package facelake.step.forget;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import facelake.match.Subject;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds in texts what gives people away, and nothing that is somebody else's.
 *
 * <ul>
 *   <li>An <b>id</b> counts anywhere, where neither a letter nor a digit stands before or after it.
 *   <li>A <b>uri</b>, and a <b>label</b> as {@code dataset/name}, count where they are not a part
 *       of a longer path: {@code home/ada} does not stand in {@code file:///home/ada/1.jpg}.
 *   <li>A <b>name</b> by itself counts as the whole value of a field that holds names: a column, a
 *       field of JSON, what an HTML tag encloses. In a path, in a note or among options the same
 *       letters may be a folder, an account or another person.
 * </ul>
 *
 * <p>Each is found as it is, as JSON writes it, and as JSON within JSON does.
 */
public final class Mentions implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Words are looked up by so many last characters; shorter ones are tried one by one. */
  private static final int TAIL = 12;

  /** What a longer path goes on with. */
  private static final String IN_PATHS = "/-_%~#";

  /** Fields that hold names, in tables as in JSON; {@code who} is the one who decided. */
  private static final Pattern OF_NAMES = Pattern.compile(".*(identit|name|label).*");

  private final Map<String, List<Word>> byTail = new HashMap<>();
  private final List<Word> shorter = new ArrayList<>();
  private final Set<String> uris;
  private final Set<List<String>> labels = new HashSet<>();
  private final Set<String> names;

  /** What surrounds a word where it counts. */
  private enum Kind {
    ID,
    PLACE,
    NAME
  }

  private record Word(String text, Kind kind) implements Serializable {}

  private Mentions(
      Collection<String> ids,
      Collection<String> uris,
      Collection<Subject.Identity> identities,
      Collection<String> names) {
    this.uris = new HashSet<>(uris);
    this.names = new HashSet<>(names);
    ids.forEach(id -> add(id, Kind.ID));
    // A table may call its photos anything, which is a path or as good as a name.
    uris.forEach(uri -> add(uri, uri.contains("/") || uri.contains(":") ? Kind.PLACE : Kind.NAME));
    names.forEach(name -> add(name, Kind.NAME));
    for (Subject.Identity identity : identities) {
      labels.add(List.of(identity.dataset(), identity.name()));
      add(identity.dataset() + "/" + identity.name(), Kind.PLACE);
    }
  }

  /**
   * Mentions of any of these, each of one character or more.
   *
   * @param ids of faces, images and people
   * @param uris of images
   * @param names those that nobody else has
   */
  public static Mentions of(
      Collection<String> ids,
      Collection<String> uris,
      Collection<Subject.Identity> identities,
      Collection<String> names) {
    return new Mentions(ids, uris, identities, names);
  }

  private void add(String word, Kind kind) {
    Set<String> forms = new HashSet<>();
    forms.add(word);
    forms.add(inJson(word));
    forms.add(inJson(inJson(word)));
    for (String form : forms) {
      if (form.length() < TAIL) {
        shorter.add(new Word(form, kind));
      } else {
        byTail
            .computeIfAbsent(form.substring(form.length() - TAIL), tail -> new ArrayList<>(1))
            .add(new Word(form, kind));
      }
    }
  }

  private static String inJson(String word) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(word));
  }

  /** Whether this is one of the labels; either may be null. */
  public boolean isLabel(String dataset, String name) {
    return dataset != null && name != null && labels.contains(List.of(dataset, name));
  }

  /** Whether this is one of the uris. */
  public boolean isUri(String text) {
    return uris.contains(text);
  }

  /** Whether a field has one of the names as its whole value. */
  boolean isName(String field, String value) {
    return names.contains(value) && OF_NAMES.matcher(field).matches();
  }

  /** Whether one of them stands in a text. */
  public boolean in(String text) {
    return shorter.stream().anyMatch(word -> isIn(text, word)) || hasLonger(text);
  }

  private boolean hasLonger(String text) {
    if (byTail.isEmpty()) {
      return false;
    }
    for (int end = TAIL; end <= text.length(); end++) {
      List<Word> words = byTail.get(text.substring(end - TAIL, end));
      if (words != null) {
        for (Word word : words) {
          int start = end - word.text().length();
          if (start >= 0
              && text.startsWith(word.text(), start)
              && stands(text, start, end, word.kind())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isIn(String text, Word word) {
    for (int at = text.indexOf(word.text()); at >= 0; at = text.indexOf(word.text(), at + 1)) {
      if (stands(text, at, at + word.text().length(), word.kind())) {
        return true;
      }
    }
    return false;
  }

  private static boolean stands(String text, int start, int end, Kind kind) {
    return switch (kind) {
      case ID -> !isWord(text, start - 1) && !isWord(text, end);
      case PLACE ->
          !isPath(text, start - 1)
              && !isPath(text, end)
              && !(is(text, start - 1, '.') || is(text, end, '.') && isPath(text, end + 1));
      case NAME -> is(text, start - 1, '>') && is(text, end, '<') || isValue(text, start, end);
    };
  }

  private static boolean is(String text, int at, char c) {
    return at >= 0 && at < text.length() && text.charAt(at) == c;
  }

  private static boolean isWord(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }

  private static boolean isPath(String text, int at) {
    return isWord(text, at)
        || at >= 0 && at < text.length() && IN_PATHS.indexOf(text.charAt(at)) >= 0;
  }

  /** Whether this is a text of JSON in a field that holds names, alone or in a list. */
  private static boolean isValue(String text, int start, int end) {
    int closing = end;
    while (is(text, closing, '\\')) {
      closing++;
    }
    if (!is(text, start - 1, '"') || !is(text, closing, '"')) {
      return false;
    }
    int before = skip(text, start - 2);
    if (is(text, before, ',') || is(text, before, '[')) {
      before = skip(text, text.lastIndexOf('[', before) - 1);
    }
    if (!is(text, before, ':')) {
      return false;
    }
    int last = skip(text, before - 1);
    int first = last < 1 ? -1 : text.lastIndexOf('"', last - 1);
    return first >= 0 && OF_NAMES.matcher(text.substring(first + 1, last)).matches();
  }

  /** The place of what stands before blanks and the backslashes of JSON within JSON. */
  private static int skip(String text, int from) {
    int at = from;
    while (at >= 0 && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\\')) {
      at--;
    }
    return at;
  }
}
