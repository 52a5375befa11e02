package facelake.report;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.eval.ImageGroups;
import facelake.eval.MeasuredPair;
import facelake.eval.Proportion;
import facelake.eval.VerificationPair;
import facelake.eval.VerificationScores;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationPageTest {
  /** Genuine distances about 0.4 and impostor distances about 0.8, apart by so many deviations. */
  private static VerificationCharts.Measured drawn(String name, double deviation) {
    Random random = new Random(1);
    List<MeasuredPair> pairs = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      boolean same = i % 2 == 0;
      double distance = (same ? 0.4 : 0.8) + deviation * random.nextGaussian();
      pairs.add(new MeasuredPair(new VerificationPair("a", "b", same, i / 50), Math.abs(distance)));
    }
    return new VerificationCharts.Measured(name, pairs, VerificationScores.of(pairs, 0.6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.15, 0.01})
  void drawsChartsWithAndWithoutErrors(double deviation) throws Exception {
    List<VerificationCharts.Measured> two = List.of(drawn("one", deviation), drawn("two", 0.2));

    for (Chart chart :
        List.of(
            VerificationCharts.roc(two),
            VerificationCharts.det(two),
            VerificationCharts.distances(two.get(0)))) {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      chart.writePng(png);
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
      assertThat(picture.getWidth()).isGreaterThan(600);
      ByteArrayOutputStream svg = new ByteArrayOutputStream();
      chart.writeSvg(svg);
      assertThat(svg.toString(StandardCharsets.UTF_8)).startsWith("<?xml").contains("<svg");
    }
  }

  /** Alone, without any error, there is no curve, and the chart is drawn all the same. */
  @Test
  void drawsAPerfectEmbedder() throws Exception {
    ByteArrayOutputStream png = new ByteArrayOutputStream();

    VerificationCharts.det(List.of(drawn("perfect", 0.001))).writePng(png);

    assertThat(png.size()).isPositive();
  }

  @Test
  void tellsFiguresAndEscapesNames() throws Exception {
    VerificationCharts.Measured drawn = drawn("one", 0.15);
    StringWriter out = new StringWriter();

    new VerificationPage(out)
        .write(
            "500 pairs",
            List.of(
                new VerificationPage.Embedder(
                    "one",
                    drawn.scores(),
                    List.of(
                        new ImageGroups.Score(
                            "kind",
                            List.of("<img onerror=\"x\">", "日本"),
                            new Proportion(9, 10),
                            new Proportion(0, 0))),
                    "pairs.csv",
                    "distances.svg")),
            List.of("roc.svg"));

    assertThat(out.toString())
        .contains(
            "<td>fold 10</td>", "<img src=\"roc.svg\"", "日本", "0.9000 (0.5958 to 0.9821) of 10")
        .contains("no pairs")
        .doesNotContain("<img onerror")
        .contains("&lt;img onerror=&quot;x&quot;&gt;");
  }
}
