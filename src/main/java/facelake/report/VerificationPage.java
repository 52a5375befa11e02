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
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Face verification</title>
      <style>
      :root { color-scheme: light dark; }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      table { border-collapse: collapse; margin: 1rem 0; }
      th, td { padding: .25rem .75rem; border-bottom: 1px solid #8886; text-align: right; }
      th:first-child, td:first-child { text-align: left; }
      img { max-width: 100%; height: auto; background: white; margin: .5rem 0; }
      .wide { overflow-x: auto; }
      </style>
      </head>
      <body>
      <h1>Face verification</h1>
      """;

  private final Writer out;

  /** A page that is written to an open file. */
  public VerificationPage(Writer out) {
    this.out = out;
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
    out.write(HEAD);
    out.write("<p>" + escaped(summary) + "</p>\n");
    figures(embedders);
    for (String curve : curves) {
      picture(curve);
    }
    for (Embedder embedder : embedders) {
      out.write("<h2>" + escaped(embedder.name()) + "</h2>\n");
      picture(embedder.histogram());
      if (!embedder.groups().isEmpty()) {
        groups(embedder);
      }
      out.write(
          "<p><a href=\"%1$s\">%1$s</a> has all pairs with their distances.</p>%n"
              .formatted(escaped(embedder.pairs())));
    }
    out.write("<p>In brackets: 95 % intervals (Wilson).</p>\n</body>\n</html>\n");
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
    table(Stream.concat(Stream.of(""), embedders.stream().map(Embedder::name)).toList(), rows);
  }

  private interface Figure {
    String of(VerificationScores scores);
  }

  private static List<String> row(String name, List<Embedder> embedders, Figure figure) {
    return Stream.concat(Stream.of(name), embedders.stream().map(one -> figure.of(one.scores())))
        .toList();
  }

  private void groups(Embedder embedder) throws IOException {
    table(
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

  private void table(List<String> header, List<List<String>> rows) throws IOException {
    out.write("<div class=\"wide\"><table>\n<tr>");
    for (String cell : header) {
      out.write("<th>" + escaped(cell) + "</th>");
    }
    out.write("</tr>\n");
    for (List<String> row : rows) {
      out.write("<tr>");
      for (String cell : row) {
        out.write("<td>" + escaped(cell) + "</td>");
      }
      out.write("</tr>\n");
    }
    out.write("</table></div>\n");
  }

  private void picture(String file) throws IOException {
    out.write("<p><img src=\"%1$s\" alt=\"%1$s\"></p>%n".formatted(escaped(file)));
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

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
