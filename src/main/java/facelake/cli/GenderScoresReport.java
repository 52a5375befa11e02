package facelake.cli;

import facelake.eval.GenderScores;
import facelake.eval.Proportion;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells a person how often gender classifiers are right. */
final class GenderScoresReport {
  private final PrintWriter out;

  GenderScoresReport(PrintWriter out) {
    this.out = out;
  }

  /**
   * Prints one table, those of several classifiers side by side: for each group a row of each.
   *
   * @param scores of each classifier, in the order of the rows
   */
  void print(Map<String, List<GenderScores>> scores) {
    List<String[]> rows = new ArrayList<>();
    for (String faces : names(scores)) {
      scores.forEach(
          (classifier, own) ->
              own.stream()
                  .filter(one -> name(one).equals(faces))
                  .forEach(one -> rows.add(row(classifier, one))));
    }
    new TextTable(
            new String[] {
              "faces of",
              "classifier",
              "faces",
              "right",
              "men",
              "women",
              "answered",
              "right of these",
              "men called m/f/?",
              "women called m/f/?"
            },
            new boolean[] {false, false, true, true, true, true, true, true, true, true})
        .print(rows, out);
    out.println(
        "right: on the right side of one half. answered: the others are called unknown (?).");
    out.println(
        "In brackets: 95 % intervals (Wilson), as if each face were of a person of its own.");
  }

  /** All groups that any classifier has, in their order. */
  private static Set<String> names(Map<String, List<GenderScores>> scores) {
    return scores.values().stream()
        .flatMap(List::stream)
        .map(GenderScoresReport::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String name(GenderScores scores) {
    return scores.kind().isEmpty() ? "all" : scores.kind() + " " + scores.group();
  }

  private static String[] row(String classifier, GenderScores scores) {
    return new String[] {
      name(scores),
      classifier,
      "%,d".formatted(scores.accuracy().trials()),
      scores.accuracy().toString(),
      value(scores.men().accuracy()),
      value(scores.women().accuracy()),
      value(scores.coverage()),
      scores.answeredAccuracy().toString(),
      called(scores.men()),
      called(scores.women())
    };
  }

  private static String value(Proportion share) {
    return share.trials() == 0 ? "-" : "%.3f".formatted(share.value());
  }

  private static String called(GenderScores.Said said) {
    return "%,d/%,d/%,d".formatted(said.male(), said.female(), said.unknown());
  }
}
