package facelake.cli;

import facelake.eval.ImageGroups;
import facelake.eval.Proportion;
import facelake.eval.VerificationScores;
import facelake.job.EvaluateLfwResult;
import facelake.job.EvaluateLfwResult.Embedded;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Tells a person how well embedders tell one person from two, in the words of dlib's test. */
final class LfwScoresReport {
  /** As C++ writes numbers. */
  private static final MathContext DIGITS = new MathContext(6);

  private final PrintWriter out;
  private final Listed listed;

  LfwScoresReport(PrintWriter out) {
    this.out = out;
    this.listed = new Listed(out);
  }

  void print(EvaluateLfwResult result, Optional<String> folder) {
    List<Embedded> embedders = result.embedders();
    List<String[]> rows = rows(embedders);
    if (embedders.size() == 1) {
      rows.forEach(row -> out.println(row[0] + ": " + row[1]));
    } else {
      String[] header =
          Stream.concat(Stream.of(""), embedders.stream().map(Embedded::name))
              .toArray(String[]::new);
      boolean[] numbers = new boolean[header.length];
      Arrays.fill(numbers, 1, numbers.length, true);
      new TextTable(header, numbers).print(rows, out);
    }
    out.println();
    for (Embedded embedder : embedders) {
      printGroups(embedder);
      out.printf(
          "%s: %,d of %,d pairs are ruled rightly, %s; %,d images, %,d of them without a detection in"
              + " the middle%n",
          embedder.name(),
          embedder.scores().overall().successes(),
          embedder.scores().overall().trials(),
          embedder.scores().overall(),
          embedder.images(),
          embedder.centred());
      listed.some("of the images failed", embedder.failed());
    }
    listed.some(
        "of the images that pairs name are missing; these pairs are left out", result.missing());
    out.println("In brackets: 95 % intervals (Wilson).");
    folder.ifPresent(
        path -> out.printf("%nWritten: %s/index.html and all figures beside it%n", path));
    out.printf("%.1f s%n", result.seconds());
    out.flush();
  }

  private static List<String[]> rows(List<Embedded> embedders) {
    List<String[]> rows = new ArrayList<>();
    rows.add(row("dist thresh", embedders, one -> one.scores().threshold()));
    rows.add(row("margin", embedders, one -> (double) one.margin()));
    rows.add(row("overall lfw accuracy", embedders, one -> one.scores().overall().value()));
    rows.add(row("pos lfw accuracy", embedders, one -> one.scores().same().value()));
    rows.add(row("neg lfw accuracy", embedders, one -> one.scores().different().value()));
    int folds = embedders.stream().mapToInt(one -> one.scores().folds().size()).max().orElse(0);
    for (int fold = 0; fold < folds; fold++) {
      int number = fold;
      rows.add(row("fold mean", embedders, one -> fold(one.scores(), number)));
    }
    rows.add(row("rscv.mean()", embedders, one -> one.scores().foldMean()));
    rows.add(row("rscv.stddev()", embedders, one -> one.scores().foldDeviation()));
    rows.add(row("ERR accuracy", embedders, one -> one.scores().equalError().accuracy()));
    rows.add(row("ERR thresh", embedders, one -> one.scores().equalError().threshold()));
    return rows;
  }

  private static double fold(VerificationScores scores, int number) {
    return number < scores.folds().size() ? scores.folds().get(number).value() : Double.NaN;
  }

  private static String[] row(
      String name, List<Embedded> embedders, Function<Embedded, Double> figure) {
    return Stream.concat(Stream.of(name), embedders.stream().map(figure).map(LfwScoresReport::text))
        .toArray(String[]::new);
  }

  /** Six significant digits, without zeros at the end. */
  private static String text(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
        : "-";
  }

  private void printGroups(Embedded embedder) {
    if (embedder.groups().isEmpty()) {
      return;
    }
    List<String[]> rows = new ArrayList<>();
    for (ImageGroups.Score group : embedder.groups()) {
      rows.add(
          new String[] {
            group.kind(),
            String.join(", ", group.groups()),
            share(group.same()),
            share(group.different())
          });
    }
    out.println(embedder.name() + ", shares of pairs that are ruled rightly:");
    new TextTable(
            new String[] {"kind", "groups", "of one person", "of two people"},
            new boolean[] {false, false, true, true})
        .print(rows, out);
    out.println();
  }

  private static String share(Proportion share) {
    return share.trials() == 0 ? "no pairs" : "%s of %,d".formatted(share, share.trials());
  }
}
