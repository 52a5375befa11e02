package facelake.report;

import facelake.eval.ImageGroups;
import facelake.eval.Proportion;
import facelake.eval.VerificationScores;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A page with the figures and charts of embedders, for a browser, without scripts. */
public final class VerificationPage {
  private final HtmlPage page;

  /** A page that is written to an open file. */
  public VerificationPage(Writer out) throws IOException {
    page = new HtmlPage(out, "Face verification");
  }

  /**
   * An embedder on the page.
   *
   * @param name of the embedder
   * @param scores of its pairs
   * @param groups their scores by groups
   * @param pairs the name of the file with its pairs
   * @param histogram the name of the picture of its distances
   */
  public record Embedder(
      String name,
      VerificationScores scores,
      List<ImageGroups.Score> groups,
      String pairs,
      String histogram) {}

  /**
   * Writes the page.
   *
   * @param summary a sentence on what was compared
   * @param curves names of pictures of all embedders
   */
  public void write(String summary, List<Embedder> embedders, List<String> curves)
      throws IOException {
    page.paragraph(summary);
    figures(embedders);
    for (String curve : curves) {
      page.picture(curve);
    }
    for (Embedder embedder : embedders) {
      page.heading(embedder.name());
      page.picture(embedder.histogram());
      if (!embedder.groups().isEmpty()) {
        groups(embedder);
      }
      page.link(embedder.pairs(), "has all pairs with their distances.");
    }
    page.paragraph("In brackets: 95 % intervals (Wilson).");
    page.end();
  }

  private void figures(List<Embedder> embedders) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("threshold", embedders, scores -> number(scores.threshold())));
    rows.add(row("accuracy", embedders, scores -> share(scores.overall())));
    rows.add(row("pairs of one person", embedders, scores -> share(scores.same())));
    rows.add(row("pairs of two people", embedders, scores -> share(scores.different())));
    int folds = embedders.stream().mapToInt(one -> one.scores().folds().size()).max().orElse(0);
    for (int fold = 0; fold < folds; fold++) {
      int number = fold;
      rows.add(
          row(
              "fold " + (fold + 1),
              embedders,
              scores -> number < scores.folds().size() ? share(scores.folds().get(number)) : ""));
    }
    rows.add(
        row(
            "accuracy at equal error",
            embedders,
            scores -> number(scores.equalError().accuracy())));
    rows.add(row("its threshold", embedders, scores -> number(scores.equalError().threshold())));
    page.table(Stream.concat(Stream.of(""), embedders.stream().map(Embedder::name)).toList(), rows);
  }

  private interface Figure {
    String of(VerificationScores scores);
  }

  private static List<String> row(String name, List<Embedder> embedders, Figure figure) {
    return Stream.concat(Stream.of(name), embedders.stream().map(one -> figure.of(one.scores())))
        .toList();
  }

  private void groups(Embedder embedder) throws IOException {
    page.table(
        List.of("group", "pairs of one person", "pairs of two people"),
        embedder.groups().stream()
            .map(
                group ->
                    List.of(
                        group.kind() + ": " + String.join(", ", group.groups()),
                        share(group.same()),
                        share(group.different())))
            .toList());
  }

  private static String share(Proportion share) {
    return share.trials() == 0
        ? "no pairs"
        : String.format(
            Locale.ROOT,
            "%.4f (%.4f to %.4f) of %,d",
            share.value(),
            share.lower(),
            share.upper(),
            share.trials());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
