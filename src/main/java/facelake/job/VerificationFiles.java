package facelake.job;

import facelake.UserError;
import facelake.eval.ErrorRates;
import facelake.eval.ImageGroups;
import facelake.eval.MeasuredPair;
import facelake.eval.VerificationScores;
import facelake.report.VerificationCharts;
import facelake.report.VerificationPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of an {@link EvaluateLfwJob}: {@code scores.json} with all figures, {@code
 * pairs-EMBEDDER.csv} with all distances, charts as PNG and SVG, and {@code index.html} with all of
 * it.
 */
final class VerificationFiles {
  private static final String PAGE = "index.html";
  private static final String SCORES = "scores.json";

  /** The false match rates of which the scores tell the false non-match rate. */
  private static final double[] RATES = {0.1, 0.01, 0.001};

  private final ReportFolder folder;

  VerificationFiles(ReportFolder folder) {
    this.folder = folder;
  }

  /**
   * Writes all files.
   *
   * @throws UserError when the folder cannot be written
   */
  void write(EvaluateLfwResult result) {
    List<VerificationCharts.Measured> measured = new ArrayList<>();
    List<VerificationPage.Embedder> shown = new ArrayList<>();
    for (EvaluateLfwResult.Embedded embedder : result.embedders()) {
      VerificationCharts.Measured one =
          new VerificationCharts.Measured(embedder.name(), embedder.pairs(), embedder.scores());
      measured.add(one);
      String pairs = "pairs-" + embedder.name() + ".csv";
      folder.text(
          pairs,
          out ->
              MeasuredPair.write(
                  embedder.pairs(), embedder.label(), embedder.scores().threshold(), out));
      String histogram = "distances-" + embedder.name();
      folder.chart(histogram, VerificationCharts.distances(one));
      shown.add(
          new VerificationPage.Embedder(
              embedder.name(),
              embedder.scores(),
              embedder.groups(),
              pairs,
              histogram + ReportFolder.SVG));
    }
    folder.chart("roc", VerificationCharts.roc(measured));
    folder.chart("det", VerificationCharts.det(measured));
    folder.json(SCORES, figures(result));
    folder.text(
        PAGE,
        out ->
            new VerificationPage(out)
                .write(
                    summary(result),
                    shown,
                    List.of("roc" + ReportFolder.SVG, "det" + ReportFolder.SVG)));
  }

  private static String summary(EvaluateLfwResult result) {
    return "%,d pairs of images; %,d images that they name are missing."
        .formatted(result.pairs(), result.missing().size());
  }

  private static Map<String, Object> figures(EvaluateLfwResult result) {
    Map<String, Object> embedders = new LinkedHashMap<>();
    result.embedders().forEach(one -> embedders.put(one.name(), figures(one)));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("pairs", result.pairs());
    figures.put("missing-images", result.missing());
    figures.put("embedders", embedders);
    figures.put("seconds", result.seconds());
    return figures;
  }

  private static Map<String, Object> figures(EvaluateLfwResult.Embedded embedder) {
    VerificationScores scores = embedder.scores();
    ErrorRates rates = ErrorRates.of(embedder.pairs());
    Map<String, Object> atRates = new LinkedHashMap<>();
    for (double rate : RATES) {
      atRates.put(String.valueOf(rate), rates.falseNonMatchRateAt(rate));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("options", embedder.pipeline().described());
    figures.put("images", embedder.images());
    figures.put("images-without-detection", embedder.centred());
    figures.put("failed-images", embedder.failed());
    figures.put("threshold", scores.threshold());
    figures.put("margin", Double.parseDouble(Float.toString(embedder.margin())));
    figures.put("overall", ScoreFigures.of(scores.overall()));
    figures.put("same", ScoreFigures.of(scores.same()));
    figures.put("different", ScoreFigures.of(scores.different()));
    figures.put("folds", scores.folds().stream().map(ScoreFigures::of).toList());
    figures.put("fold-mean", scores.foldMean());
    figures.put("fold-deviation", ScoreFigures.number(scores.foldDeviation()));
    figures.put("equal-error-accuracy", scores.equalError().accuracy());
    figures.put("equal-error-threshold", scores.equalError().threshold());
    figures.put("false-non-match-rate-at-false-match-rate", atRates);
    figures.put("groups", embedder.groups().stream().map(VerificationFiles::figures).toList());
    return figures;
  }

  private static Map<String, Object> figures(ImageGroups.Score group) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("kind", group.kind());
    figures.put("groups", group.groups());
    figures.put("same", ScoreFigures.of(group.same()));
    figures.put("different", ScoreFigures.of(group.different()));
    return figures;
  }
}
