package facelake.eval;

import facelake.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is known of the people in images, such as their gender or where they come from: a CSV file
 * with the column {@code image} and one column for each kind of group.
 */
public final class ImageGroups {
  private static final String IMAGE = "image";

  private final List<String> kinds;
  private final Map<String, List<String>> groups;

  private ImageGroups(List<String> kinds, Map<String, List<String>> groups) {
    this.kinds = kinds;
    this.groups = groups;
  }

  /** Nothing is known. */
  public static ImageGroups none() {
    return new ImageGroups(List.of(), Map.of());
  }

  /**
   * Reads a file.
   *
   * @param file its name, for messages
   * @throws UserError when a column is missing, or an image stands there twice
   */
  public static ImageGroups read(Reader reader, String file) throws IOException {
    BufferedReader in = new BufferedReader(reader);
    in.mark(1 << 16);
    List<String> kinds = new ArrayList<>(CsvRows.header(in));
    in.reset();
    kinds.remove(IMAGE);
    List<String> columns = Stream.concat(Stream.of(IMAGE), kinds.stream()).toList();
    Map<String, List<String>> groups = new HashMap<>();
    for (CsvRows.Row row : CsvRows.read(in, file, columns)) {
      List<String> values = row.values();
      if (groups.put(values.get(0), values.subList(1, values.size())) != null) {
        throw new UserError(
            "row %d of %s: image %s has a row before", row.number(), file, values.get(0));
      }
    }
    if (kinds.isEmpty()) {
      throw new UserError("%s has no column but image; add one, such as gender", file);
    }
    return new ImageGroups(kinds, groups);
  }

  /**
   * How well pairs of some groups are ruled.
   *
   * @param kind the column
   * @param groups of the two images, in order of the alphabet: {@code female, male}
   * @param same the pairs of one person
   * @param different the pairs of two people
   */
  public record Score(String kind, List<String> groups, Proportion same, Proportion different) {}

  /** The kinds of groups, which are the columns of the file. */
  public List<String> kinds() {
    return kinds;
  }

  /** The images that have a group of some kind. */
  public Set<String> images() {
    return groups.keySet();
  }

  /** The scores of each pair of groups of each kind; pairs without a group are left out. */
  public List<Score> scores(List<MeasuredPair> pairs, double threshold) {
    List<Score> scores = new ArrayList<>();
    for (int kind = 0; kind < kinds.size(); kind++) {
      Map<List<String>, List<MeasuredPair>> byGroups = byGroups(pairs, kind);
      for (Map.Entry<List<String>, List<MeasuredPair>> entry : byGroups.entrySet()) {
        scores.add(
            new Score(
                kinds.get(kind),
                entry.getKey(),
                VerificationScores.right(entry.getValue(), threshold, MeasuredPair::same),
                VerificationScores.right(entry.getValue(), threshold, pair -> !pair.same())));
      }
    }
    return scores;
  }

  private Map<List<String>, List<MeasuredPair>> byGroups(List<MeasuredPair> pairs, int kind) {
    Map<List<String>, List<MeasuredPair>> byGroups =
        new TreeMap<>((a, b) -> String.join("\n", a).compareTo(String.join("\n", b)));
    for (MeasuredPair pair : pairs) {
      List<String> both =
          Stream.of(pair.pair().left(), pair.pair().right())
              .map(image -> group(image, kind))
              .sorted()
              .toList();
      if (!both.contains("")) {
        byGroups.computeIfAbsent(both, groups -> new ArrayList<>()).add(pair);
      }
    }
    return byGroups;
  }

  /** The group of an image, of a kind by its place in {@link #kinds}; empty for none. */
  public String group(String image, int kind) {
    return groups.containsKey(image) ? groups.get(image).get(kind).strip() : "";
  }
}
