package facelake.step;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestSpark;
import facelake.match.EmbeddingBlock;
import facelake.match.PairList;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class ImpostorScanTest {
  private static final int FACES = 4500;
  private static final int DIMENSIONS = 8;
  private static final double RADIUS = 1.2;

  /** More faces than one task compares at once. */
  @Test
  void findsWhatMeasuringAllPairsFinds() {
    Random random = new Random(1);
    float[] values = new float[FACES * DIMENSIONS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    ImpostorScan.Faces faces =
        new ImpostorScan.Faces(
            new EmbeddingBlock(values, DIMENSIONS),
            IntStream.range(0, FACES).map(face -> face / 3).toArray(),
            IntStream.range(0, FACES).map(face -> face / 3 % 2).toArray());

    PairList near =
        ImpostorScan.near(
            JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext()), faces, RADIUS);

    TreeMap<Long, Float> found = new TreeMap<>();
    for (int pair = 0; pair < near.size(); pair++) {
      long low = Math.min(near.left(pair), near.right(pair));
      found.merge(
          low << 32 | Math.max(near.left(pair), near.right(pair)), near.distance(pair), Float::sum);
    }
    assertThat(found).isEqualTo(measured(faces)).hasSizeGreaterThan(100);
  }

  private static TreeMap<Long, Float> measured(ImpostorScan.Faces faces) {
    TreeMap<Long, Float> near = new TreeMap<>();
    for (int left = 0; left < FACES; left++) {
      for (int right = left + 1; right < FACES; right++) {
        double distance = faces.embeddings().distance(left, faces.embeddings(), right);
        boolean sameDataset = left / 3 % 2 == right / 3 % 2;
        if (distance < RADIUS && left / 3 != right / 3 && sameDataset) {
          near.merge((long) (left / 3) << 32 | right / 3, (float) distance, Float::sum);
        }
      }
    }
    return near;
  }
}
