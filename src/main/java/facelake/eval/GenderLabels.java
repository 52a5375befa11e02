package facelake.eval;

import facelake.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is known of the people in images: a CSV file with the columns {@code image} and {@code
 * gender} (male, female, m or f; empty where it is not known), if wanted {@code person}, and one
 * column for each kind of group that accuracy is told for, such as {@code ancestry}.
 *
 * @param kinds the columns of groups
 * @param byImage what is known, by the name of the image
 */
public record GenderLabels(List<String> kinds, Map<String, Label> byImage) implements Serializable {
  private static final String IMAGE = "image";
  private static final String GENDER = "gender";
  private static final String PERSON = "person";

  private static final Map<String, Boolean> MALE =
      Map.of("male", true, "m", true, "female", false, "f", false);

  /** As many characters as the first line may have. */
  private static final int MOST_OF_A_LINE = 1 << 16;

  /**
   * What is known of one image.
   *
   * @param male whether it shows a man; else it shows a woman
   * @param person who it shows; empty where that is not said
   * @param groups one for each kind; empty where it is not known
   */
  public record Label(boolean male, String person, List<String> groups) implements Serializable {}

  /**
   * Reads a file; rows without a gender are left out.
   *
   * @param file its name, for messages
   * @throws UserError when a column is missing, a word is no gender, an image stands there twice,
   *     or no row has a gender
   */
  public static GenderLabels read(Reader reader, String file) throws IOException {
    BufferedReader in = new BufferedReader(reader);
    in.mark(MOST_OF_A_LINE);
    List<String> header = CsvRows.header(in);
    in.reset();
    List<String> kinds =
        header.stream().filter(name -> !List.of(IMAGE, GENDER, PERSON).contains(name)).toList();
    List<String> columns = new ArrayList<>(List.of(IMAGE, GENDER));
    boolean people = header.contains(PERSON);
    Stream.concat(people ? Stream.of(PERSON) : Stream.of(), kinds.stream()).forEach(columns::add);
    Map<String, Label> byImage = new LinkedHashMap<>();
    for (CsvRows.Row row : CsvRows.read(in, file, columns)) {
      List<String> values = row.values().stream().map(String::strip).toList();
      if (!values.get(1).isEmpty()) {
        Label label =
            new Label(
                male(values.get(1), row, file),
                people ? values.get(2) : "",
                List.copyOf(values.subList(columns.size() - kinds.size(), columns.size())));
        if (byImage.put(values.get(0), label) != null) {
          throw new UserError(
              "row %d of %s: image %s has a row before", row.number(), file, values.get(0));
        }
      }
    }
    if (byImage.isEmpty()) {
      throw new UserError("%s says of no image whether it shows a man or a woman", file);
    }
    return new GenderLabels(kinds, byImage);
  }

  private static boolean male(String word, CsvRows.Row row, String file) {
    Boolean male = MALE.get(word.toLowerCase(Locale.ROOT));
    if (male == null) {
      throw new UserError(
          "row %d of %s has '%s' for gender; give male, female, or nothing where it is not known",
          row.number(), file, word);
    }
    return male;
  }
}
