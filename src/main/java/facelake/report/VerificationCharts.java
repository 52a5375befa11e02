package facelake.report;

import facelake.eval.ErrorRates;
import facelake.eval.MeasuredPair;
import facelake.eval.VerificationScores;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How well embedders tell one person from two, drawn. */
public final class VerificationCharts {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 640;
  private static final int TITLE_SIZE = 18;
  private static final int TEXT_SIZE = 14;
  private static final float LINE_WIDTH = 2.2f;

  /** Points of a curve at most: more than the pixels that it crosses. */
  private static final int POINTS = 2000;

  private static final double BIN = 0.02;

  /** Colours that people with red-green blindness tell apart (Okabe and Ito, 2008). */
  private static final Color[] COLORS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9),
    new Color(0x000000)
  };

  private VerificationCharts() {}

  /**
   * An embedder and how far it sees the images of each pair.
   *
   * @param name of the embedder
   * @param pairs at least one of each kind
   * @param scores of these pairs
   */
  public record Measured(String name, List<MeasuredPair> pairs, VerificationScores scores) {}

  /** The receiver operating characteristic: true matches at each false match rate. */
  public static Chart roc(List<Measured> embedders) {
    XYChart chart = chart("ROC", "False match rate", "True match rate (1 - FNMR)");
    chart.getStyler().setXAxisLogarithmic(true).setLegendPosition(LegendPosition.InsideSE);
    for (Measured embedder : embedders) {
      addCurve(chart, embedder, falseNonMatches -> 1 - falseNonMatches, false);
    }
    return colored(chart);
  }

  /** The detection error tradeoff: both error rates. */
  public static Chart det(List<Measured> embedders) {
    XYChart chart = chart("DET", "False match rate", "False non-match rate");
    chart.getStyler().setXAxisLogarithmic(true).setLegendPosition(LegendPosition.InsideSW);
    chart.getStyler().setYAxisLogarithmic(true);
    for (Measured embedder : embedders) {
      addCurve(chart, embedder, falseNonMatches -> falseNonMatches, true);
    }
    return colored(chart);
  }

  /** How far pairs of one person and of two lie from each other. */
  public static Chart distances(Measured embedder) {
    XYChart chart =
        chart("Distances of " + embedder.name(), "Euclidean distance", "Share of the pairs");
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.StepArea);
    double[] same = ErrorRates.distances(embedder.pairs(), true);
    double[] different = ErrorRates.distances(embedder.pairs(), false);
    double largest = Math.max(same[same.length - 1], different[different.length - 1]);
    int bins = (int) Math.ceil(largest / BIN) + 1;
    addHistogram(chart, "one person", same, bins);
    addHistogram(chart, "two people", different, bins);
    double threshold = embedder.scores().threshold();
    double top =
        chart.getSeriesMap().values().stream().mapToDouble(XYSeries::getYMax).max().orElse(1);
    XYSeries line =
        chart.addSeries(
            "threshold " + threshold, new double[] {threshold, threshold}, new double[] {0, top});
    line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    line.setMarker(SeriesMarkers.NONE);
    return colored(chart);
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart
        .getStyler()
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, TITLE_SIZE))
        .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, TEXT_SIZE))
        .setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, TEXT_SIZE));
    chart.getStyler().setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, TEXT_SIZE));
    return chart;
  }

  private static void addCurve(
      XYChart chart, Measured embedder, DoubleUnaryOperator y, boolean logarithmic) {
    ErrorRates rates = ErrorRates.of(embedder.pairs());
    double[] x = rates.falseMatchRates();
    double[] falseNonMatches = rates.falseNonMatchRates();
    int[] drawn =
        IntStream.range(0, x.length)
            .filter(i -> x[i] > 0 && !(logarithmic && falseNonMatches[i] <= 0))
            // Of a step, its corners.
            .filter(i -> i == 0 || i == x.length - 1 || x[i - 1] != x[i] || x[i + 1] != x[i])
            .toArray();
    int every = Math.max(1, drawn.length / POINTS);
    int[] points =
        IntStream.range(0, drawn.length).filter(i -> i % every == 0).map(i -> drawn[i]).toArray();
    if (points.length == 0) {
      return; // without an error there is no curve
    }
    XYSeries curve =
        chart.addSeries(
            embedder.name(),
            Arrays.stream(points).mapToDouble(i -> x[i]).toArray(),
            Arrays.stream(points).mapToDouble(i -> y.applyAsDouble(falseNonMatches[i])).toArray());
    curve.setMarker(SeriesMarkers.NONE);
    double error = 1 - embedder.scores().equalError().accuracy();
    if (error > 0) {
      XYSeries equal =
          chart.addSeries(
              "%s: equal error rate %.4f".formatted(embedder.name(), error),
              new double[] {error},
              new double[] {y.applyAsDouble(error)});
      equal.setMarker(SeriesMarkers.CIRCLE);
    }
  }

  private static void addHistogram(XYChart chart, String name, double[] distances, int bins) {
    double[] shares = new double[bins];
    for (double distance : distances) {
      shares[(int) (distance / BIN)] += 1.0 / distances.length;
    }
    XYSeries series =
        chart.addSeries(
            name, IntStream.range(0, bins).mapToDouble(bin -> bin * BIN).toArray(), shares);
    series.setMarker(SeriesMarkers.NONE);
  }

  /** A curve and its equal-error point in one colour. */
  private static Chart colored(XYChart chart) {
    List<XYSeries> series = List.copyOf(chart.getSeriesMap().values());
    int color = -1;
    String before = null;
    for (XYSeries one : series) {
      color += before != null && one.getName().startsWith(before + ":") ? 0 : 1;
      before = one.getName();
      Color chosen = COLORS[color % COLORS.length];
      one.setLineColor(chosen).setLineWidth(LINE_WIDTH);
      one.setMarkerColor(chosen);
      one.setFillColor(new Color(chosen.getRed(), chosen.getGreen(), chosen.getBlue(), 0x60));
    }
    return new Chart(chart);
  }
}
