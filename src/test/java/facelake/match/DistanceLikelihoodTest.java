package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import facelake.LfwGolden;
import facelake.TestData;
import facelake.eval.VerificationPair;
import facelake.eval.VerificationPairs;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DistanceLikelihoodTest {
  @Test
  void fallsAsTheDistanceGrows() {
    DistanceLikelihood likelihood = new DistanceLikelihood(3, 6);

    assertThat(likelihood.ratio(0.5)).isCloseTo(1, within(1e-12));
    assertThat(likelihood.ratio(0)).isCloseTo(Math.exp(3), within(1e-9));
    assertThat(likelihood.ratio(0.4)).isGreaterThan(likelihood.ratio(0.41));
  }

  @Test
  void isWhatLfwShowsOfResnet() throws IOException {
    Map<String, float[]> embeddings = LfwGolden.embeddingsOrSkip();
    List<VerificationPair> pairs;
    try (Reader in = Files.newBufferedReader(TestData.sharedOrSkip("lfw/pairs.txt"))) {
      pairs = VerificationPairs.read(in, "pairs.txt");
    }
    double[] distances = new double[pairs.size()];
    boolean[] same = new boolean[pairs.size()];
    for (int i = 0; i < distances.length; i++) {
      EmbeddingBlock left = EmbeddingBlock.of(List.of(embeddings.get(pairs.get(i).left())));
      distances[i] = left.distanceTo(0, embeddings.get(pairs.get(i).right()));
      same[i] = pairs.get(i).same();
    }

    DistanceLikelihood fitted = fitted(distances, same);

    assertThat(distances).hasSize(6000);
    assertThat(fitted.intercept())
        .isCloseTo(DistanceLikelihood.RESNET_V1.intercept(), within(1e-3));
    assertThat(fitted.slope()).isCloseTo(DistanceLikelihood.RESNET_V1.slope(), within(1e-3));
  }

  /** Logistic regression by Newton's method; as many pairs of both kinds, so odds are the ratio. */
  private static DistanceLikelihood fitted(double[] distances, boolean[] same) {
    double intercept = 0;
    double slope = 0;
    for (int step = 0; step < 50; step++) {
      double g0 = 0;
      double g1 = 0;
      double h00 = 0;
      double h01 = 0;
      double h11 = 0;
      for (int i = 0; i < distances.length; i++) {
        double p = 1 / (1 + Math.exp(slope * distances[i] - intercept));
        double rest = (same[i] ? 1 : 0) - p;
        g0 += rest;
        g1 -= rest * distances[i];
        h00 += p * (1 - p);
        h01 -= p * (1 - p) * distances[i];
        h11 += p * (1 - p) * distances[i] * distances[i];
      }
      double determinant = h00 * h11 - h01 * h01;
      intercept += (h11 * g0 - h01 * g1) / determinant;
      slope += (h00 * g1 - h01 * g0) / determinant;
    }
    return new DistanceLikelihood(intercept, slope);
  }
}
