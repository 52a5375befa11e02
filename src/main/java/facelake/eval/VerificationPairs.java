package facelake.eval;

import facelake.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads which pairs of images are compared, in one of two forms:
 *
 * <ul>
 *   <li>LFW's {@code pairs.txt}: a line with the number of folds (or none, for one) and of pairs;
 *       for each fold as many lines {@code name n1 n2} of one person and then {@code name1 n1 name2
 *       n2} of two. The image {@code name n} is {@code name/name_000n.jpg};
 *   <li>CSV with the columns {@code left}, {@code right} and {@code same} (1 or 0, true or false,
 *       yes or no). Its rows are cut into ten folds in their order.
 * </ul>
 */
public final class VerificationPairs {
  /** The folds of a CSV file, as LFW has them. */
  private static final int FOLDS = 10;

  private static final Pattern COUNTS = Pattern.compile("\\s*(?:(\\d{1,6})\\s+)?(\\d{1,9})\\s*");
  private static final int MOST_OF_A_LINE = 1 << 16;

  private static final Map<String, Boolean> SAME =
      Map.of("1", true, "0", false, "true", true, "false", false, "yes", true, "no", false);

  private VerificationPairs() {}

  /**
   * The pairs of a file, at least one.
   *
   * @param file its name, for messages
   * @throws UserError when it is of neither form
   */
  public static List<VerificationPair> read(Reader reader, String file) throws IOException {
    BufferedReader in = new BufferedReader(reader);
    in.mark(MOST_OF_A_LINE);
    String first = in.readLine();
    if (first == null) {
      throw new UserError("%s is empty; give LFW's pairs.txt or a CSV left,right,same", file);
    }
    Matcher counts = COUNTS.matcher(first);
    if (counts.matches()) {
      int folds = counts.group(1) == null ? 1 : Integer.parseInt(counts.group(1));
      return ofLfw(in, file, folds, Integer.parseInt(counts.group(2)));
    }
    in.reset();
    return ofCsv(in, file);
  }

  private static List<VerificationPair> ofLfw(BufferedReader in, String file, int folds, int each)
      throws IOException {
    List<VerificationPair> pairs = new ArrayList<>();
    int number = 2;
    for (int fold = 0; fold < folds; fold++) {
      for (int i = 0; i < 2 * each; i++, number++) {
        pairs.add(ofLfw(in.readLine(), number, file, fold, i < each));
      }
    }
    if (pairs.isEmpty()) {
      throw new UserError("%s has no pairs", file);
    }
    return pairs;
  }

  private static VerificationPair ofLfw(
      String line, int number, String file, int fold, boolean same) {
    if (line == null) {
      throw new UserError(
          "%s ends before line %d: its first line promises more pairs", file, number);
    }
    String[] words = line.strip().split("\\s+");
    try {
      if (same && words.length == 3) {
        return new VerificationPair(
            image(words[0], words[1]), image(words[0], words[2]), true, fold);
      }
      if (!same && words.length == 4) {
        return new VerificationPair(
            image(words[0], words[1]), image(words[2], words[3]), false, fold);
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new UserError(
        "line %d of %s is '%s'; it should be %s",
        number,
        file,
        line,
        same ? "of one person: name number number" : "of two people: name number name number");
  }

  private static String image(String name, String number) {
    return "%s/%s_%04d.jpg".formatted(name, name, Integer.parseInt(number));
  }

  private static List<VerificationPair> ofCsv(Reader in, String file) throws IOException {
    List<CsvRows.Row> rows = CsvRows.read(in, file, List.of("left", "right", "same"));
    if (rows.isEmpty()) {
      throw new UserError("%s has no pairs", file);
    }
    List<VerificationPair> pairs = new ArrayList<>();
    for (CsvRows.Row row : rows) {
      Boolean same = SAME.get(row.values().get(2).strip().toLowerCase(Locale.ROOT));
      if (same == null) {
        throw new UserError(
            "row %d of %s has '%s' for same; give 1 or 0", row.number(), file, row.values().get(2));
      }
      int fold = (int) ((long) pairs.size() * FOLDS / rows.size());
      pairs.add(new VerificationPair(row.values().get(0), row.values().get(1), same, fold));
    }
    return pairs;
  }
}
