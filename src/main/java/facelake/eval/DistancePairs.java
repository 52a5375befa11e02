package facelake.eval;

import facelake.UserError;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Pairs with their distances, as {@code evaluate lfw} writes them: a CSV file with the columns
 * {@code embedder}, {@code left}, {@code right}, {@code same} (1 or 0) and {@code distance}.
 */
public final class DistancePairs {
  private static final List<String> COLUMNS =
      List.of("embedder", "left", "right", "same", "distance");

  private static final Map<String, Boolean> SAME = Map.of("1", true, "0", false);

  private DistancePairs() {}

  /**
   * A pair.
   *
   * @param embedder as in {@code faces.embedder}
   * @param left name of an image
   * @param right name of another image
   * @param same whether they show one person
   * @param distance 0 or more
   */
  public record Pair(String embedder, String left, String right, boolean same, float distance) {}

  /**
   * The pairs of a file, at least one.
   *
   * @param file its name, for messages
   * @throws UserError when it is no such file
   */
  public static List<Pair> read(Reader reader, String file) throws IOException {
    List<Pair> pairs = new ArrayList<>();
    for (CsvRows.Row row : CsvRows.read(reader, file, COLUMNS)) {
      List<String> values = row.values();
      Boolean same = SAME.get(values.get(3).strip().toLowerCase(Locale.ROOT));
      if (same == null) {
        throw new UserError(
            "row %d of %s has '%s' for same; give 1 or 0", row.number(), file, values.get(3));
      }
      pairs.add(
          new Pair(
              values.get(0),
              values.get(1),
              values.get(2),
              same,
              distance(values.get(4), row.number(), file)));
    }
    if (pairs.isEmpty()) {
      throw new UserError("%s has no pairs", file);
    }
    return pairs;
  }

  private static float distance(String text, int row, String file) {
    try {
      float distance = Float.parseFloat(text.strip());
      if (distance >= 0 && distance < Float.POSITIVE_INFINITY) {
        return distance;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new UserError("row %d of %s has '%s' for distance; give a number", row, file, text);
  }

  /**
   * Who an image shows, as far as its name says so: the folder that it is in; without one, whoever
   * is in the image.
   */
  public static String person(String image) {
    int folder = image.lastIndexOf('/');
    return folder < 0 ? image : image.substring(0, folder);
  }
}
