package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.eval.ImageGroups;
import facelake.eval.MeasuredPair;
import facelake.eval.Proportion;
import facelake.eval.VerificationPair;
import facelake.eval.VerificationScores;
import facelake.job.EvaluateLfwResult;
import facelake.pipeline.Embedder;
import facelake.pipeline.PipelineOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluateLfwCommandTest {
  private final StringWriter out = new StringWriter();

  /** In the words, the order and the digits of dlib's test. */
  @Test
  void printsTheBlockOfDlibsTest() {
    print(List.of(embedded(Embedder.RESNET_V1, List.of(), List.of())), List.of());

    assertThat(out)
        .hasToString(
            """
            dist thresh: 0.6
            margin: 0.04
            overall lfw accuracy: 0.833333
            pos lfw accuracy: 0.666667
            neg lfw accuracy: 1
            fold mean: 1
            fold mean: 0.5
            rscv.mean(): 0.75
            rscv.stddev(): 0.353553
            ERR accuracy: 0.666667
            ERR thresh: 0.75

            resnet-v1: 5 of 6 pairs are ruled rightly, 0.833 [0.436, 0.970]; 12 images, 1 of them without a detection in the middle
            In brackets: 95 % intervals (Wilson).
            1.5 s
            """);
  }

  @Test
  void printsEmbeddersSideBySideAndWhatIsMissing() {
    ImageGroups.Score group =
        new ImageGroups.Score(
            "gender", List.of("female", "male"), new Proportion(0, 0), new Proportion(3, 4));
    print(
        List.of(
            embedded(Embedder.RESNET_V1, List.of(group), List.of("file:///a.jpg: no picture")),
            embedded(Embedder.DENSENET_V1, List.of(), List.of())),
        List.of("1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg", "6.jpg"));

    assertThat(out.toString())
        .contains("                      resnet-v1  densenet-v1\n")
        .contains("overall lfw accuracy   0.833333     0.833333\n")
        .contains("resnet-v1, shares of pairs that are ruled rightly:\n")
        .contains("gender  female, male       no pairs  0.750 [0.301, 0.954] of 4\n")
        .contains("1 of the images failed: file:///a.jpg: no picture\n")
        .contains(
            "6 of the images that pairs name are missing; these pairs are left out: 1.jpg; 2.jpg; 3.jpg;"
                + " 4.jpg; 5.jpg; ...\n");
  }

  private void print(List<EvaluateLfwResult.Embedded> embedders, List<String> missing) {
    new LfwScoresReport(new PrintWriter(out))
        .print(new EvaluateLfwResult(embedders, 6, missing, 1.5), Optional.empty());
  }

  private static EvaluateLfwResult.Embedded embedded(
      Embedder embedder, List<ImageGroups.Score> groups, List<String> failed) {
    double[] same = {0.3, 0.4, 0.75};
    double[] different = {0.7, 0.8, 0.9};
    List<MeasuredPair> pairs = new ArrayList<>();
    for (int i = 0; i < same.length; i++) {
      int fold = i < 2 ? 0 : 1;
      pairs.add(new MeasuredPair(new VerificationPair("a", "b", true, fold), same[i]));
      pairs.add(new MeasuredPair(new VerificationPair("a", "b", false, fold), different[i]));
    }
    return new EvaluateLfwResult.Embedded(
        embedder + ":0123",
        PipelineOptions.builder().embedder(embedder).build(),
        0.04f,
        VerificationScores.of(pairs, 0.6),
        pairs,
        groups,
        12,
        1,
        failed);
  }
}
