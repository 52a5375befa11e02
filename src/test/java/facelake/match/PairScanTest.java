package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.net.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairScanTest {
  private static final double THRESHOLD = 0.6;

  @ParameterizedTest
  @CsvSource({"1,1,128", "7,300,128", "511,512,128", "513,1025,128", "40,600,6", "40,600,1"})
  void findsWhatBruteForceFinds(int rowsA, int rowsB, int dimensions) {
    EmbeddingBlock a = randomFaces(rowsA, dimensions, 1);
    EmbeddingBlock b = randomFaces(rowsB, dimensions, 2);

    for (Precision precision : precisions()) {
      try (PairScan scan = new PairScan(THRESHOLD, dimensions, precision)) {
        assertThat(strings(scan.between(a, b)))
            .as("%s", precision)
            .containsExactlyInAnyOrderElementsOf(bruteForce(a, b, (i, j) -> THRESHOLD, false));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,128", "2,128", "512,128", "1100,128", "700,3"})
  void findsEachPairInsideABlockOnce(int rows, int dimensions) {
    EmbeddingBlock block = randomFaces(rows, dimensions, 3);

    for (Precision precision : precisions()) {
      try (PairScan scan = new PairScan(THRESHOLD, dimensions, precision)) {
        assertThat(strings(scan.within(block)))
            .as("%s", precision)
            .containsExactlyInAnyOrderElementsOf(
                bruteForce(block, block, (i, j) -> THRESHOLD, true));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,128", "7,300,128", "513,600,128", "40,600,6", "40,600,1"})
  void looksAsFarAsTheLargerRadius(int rowsA, int rowsB, int dimensions) {
    assertRadii(randomFaces(rowsA, dimensions, 1), randomFaces(rowsB, dimensions, 2));
  }

  @Test
  void looksInsideABlockAsFarAsTheLargerRadius() {
    EmbeddingBlock block = randomFaces(600, 128, 3);

    assertRadii(block, block);
  }

  /** One of the two looks far enough; each row of 9 looks nowhere and is not found. */
  @Test
  void findsAPairFromEitherSide() {
    EmbeddingBlock line = new EmbeddingBlock(new float[] {0f, 1f, 5f, 9f}, 1);
    float[] radii = {1.5f, 0.5f, 0f, -1f};

    try (PairScan scan = new PairScan(THRESHOLD, 1)) {
      assertThat(strings(scan.between(line, radii, line, radii)))
          .containsExactlyInAnyOrder("0-0 0.0", "0-1 1.0", "1-0 1.0", "1-1 0.0");
      assertThat(strings(scan.within(line, radii))).containsExactly("0-1 1.0");
    }
  }

  @Test
  void leavesOutAPairAtExactlyTheThreshold() {
    EmbeddingBlock line = new EmbeddingBlock(new float[] {0f, 0.5f, Math.nextUp(0.5f), 0.25f}, 1);

    List<String> found = within(0.5, line);

    assertThat(found)
        .containsExactlyInAnyOrder(
            "0-3 0.25",
            "1-2 " + (Math.nextUp(0.5f) - 0.5f),
            "1-3 0.25",
            "2-3 " + (Math.nextUp(0.5f) - 0.25f));
  }

  @Test
  void measuresNearPairsFarFromTheOrigin() {
    float[] values = new float[2 * 128];
    java.util.Arrays.fill(values, 100f);
    values[128] = Math.nextUp(100f);
    EmbeddingBlock pair = new EmbeddingBlock(values, 128);
    double distance = Math.nextUp(100f) - 100f;

    assertThat(within(distance, pair)).isEmpty();
    assertThat(within(Math.nextUp(distance), pair)).hasSize(1);
  }

  @Test
  void findsNothingNearAnEmbeddingThatIsNoNumber() {
    EmbeddingBlock block = new EmbeddingBlock(new float[] {Float.NaN, 0f, 0.1f}, 1);

    assertThat(within(1, block)).containsExactly("1-2 0.1");
  }

  @Test
  void rejectsAThresholdThatIsNotPositive() {
    assertThatThrownBy(() -> new PairScan(Double.NaN, 128))
        .hasMessage("A distance threshold is positive, not NaN");
    assertThatThrownBy(() -> new PairScan(0, 128))
        .hasMessage("A distance threshold is positive, not 0.0");
  }

  @Test
  void rejectsABrokenBlock() {
    assertThatThrownBy(() -> new EmbeddingBlock(new float[5], 2))
        .hasMessage("5 floats are no whole number of embeddings of 2 dimensions");
  }

  /** Rounding to 16 bits moves these by more than the gap between near and far. */
  @Test
  void findsWhatRoundingHides() {
    float[] values = new float[64 * 128];
    Random random = new Random(4);
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + random.nextFloat() * 0x1p-7f;
    }
    EmbeddingBlock block = new EmbeddingBlock(values, 128);
    double[] distances =
        IntStream.range(0, 64)
            .boxed()
            .flatMap(i -> IntStream.range(0, i).mapToObj(j -> block.distance(i, block, j)))
            .mapToDouble(distance -> distance)
            .sorted()
            .toArray();
    double median = distances[distances.length / 2];

    assertThat(within(median, block)).hasSize(distances.length / 2);
  }

  private static void assertRadii(EmbeddingBlock a, EmbeddingBlock b) {
    float[] radiiOfA = radii(a.rows(), 0.6f, 0, 1.2f, -1, 0.3f, 1e-6f, 2, Float.POSITIVE_INFINITY);
    float[] radiiOfB = radii(b.rows(), 0.3f, 0.2f, 0.9f, 0.7f, 0.4f);
    for (Precision precision : precisions()) {
      try (PairScan scan = new PairScan(THRESHOLD, a.dimensions(), precision)) {
        // Sorted: so many pairs take minutes to compare in any order.
        assertThat(sorted(strings(scan.between(a, radiiOfA, b, radiiOfB))))
            .as("%s", precision)
            .isEqualTo(
                sorted(bruteForce(a, b, (i, j) -> Math.max(radiiOfA[i], radiiOfB[j]), false)));
        assertThat(sorted(strings(scan.within(b, radiiOfB))))
            .as("%s", precision)
            .isEqualTo(
                sorted(bruteForce(b, b, (i, j) -> Math.max(radiiOfB[i], radiiOfB[j]), true)));
      }
    }
  }

  private static float[] radii(int rows, float... some) {
    float[] radii = new float[rows];
    for (int row = 0; row < rows; row++) {
      radii[row] = some[row % some.length];
    }
    return radii;
  }

  private static List<String> sorted(List<String> pairs) {
    return pairs.stream().sorted().toList();
  }

  private static List<Precision> precisions() {
    return Precision.fastest() == Precision.BF16
        ? List.of(Precision.values())
        : List.of(Precision.FP32);
  }

  private static List<String> within(double threshold, EmbeddingBlock block) {
    try (PairScan scan = new PairScan(threshold, block.dimensions())) {
      return strings(scan.within(block));
    }
  }

  /** People of a few faces each, so that near and far pairs are both frequent. */
  private static EmbeddingBlock randomFaces(int rows, int dimensions, long seed) {
    Random people = new Random(17);
    float[][] centres = new float[20][dimensions];
    for (float[] centre : centres) {
      for (int d = 0; d < dimensions; d++) {
        centre[d] = (float) (people.nextGaussian() * 1.4 / Math.sqrt(dimensions));
      }
    }
    Random random = new Random(seed);
    float[] values = new float[rows * dimensions];
    for (int i = 0; i < values.length; i++) {
      float centre = centres[i / dimensions % centres.length][i % dimensions];
      values[i] = centre + (float) (random.nextGaussian() * 0.42 / Math.sqrt(dimensions));
    }
    return new EmbeddingBlock(values, dimensions);
  }

  private static List<String> bruteForce(
      EmbeddingBlock a,
      EmbeddingBlock b,
      ToDoubleBiFunction<Integer, Integer> limit,
      boolean half) {
    List<String> near = new ArrayList<>();
    for (int i = 0; i < a.rows(); i++) {
      for (int j = half ? i + 1 : 0; j < b.rows(); j++) {
        double sum = 0;
        for (int d = 0; d < a.dimensions(); d++) {
          double difference = a.values()[i * a.dimensions() + d];
          difference -= b.values()[j * b.dimensions() + d];
          sum += difference * difference;
        }
        if (Math.sqrt(sum) < limit.applyAsDouble(i, j)) {
          near.add(i + "-" + j + " " + (float) Math.sqrt(sum));
        }
      }
    }
    return near;
  }

  private static List<String> strings(PairList pairs) {
    List<String> strings = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      strings.add(pairs.left(i) + "-" + pairs.right(i) + " " + pairs.distance(i));
    }
    return strings;
  }
}
