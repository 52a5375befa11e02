package facelake.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterScoresTest {
  @Test
  void theTruthItselfIsPerfectWhateverTheLabels() {
    ClusterScores scores =
        ClusterScores.of(new int[] {7, 7, -1, 7, 0}, new int[] {-5, -5, 3, -5, 12});

    assertThat(scores.pairs()).isEqualTo(new PrecisionRecall(3, 0, 0));
    assertThat(scores.bcubedPrecision()).isEqualTo(1);
    assertThat(scores.bcubedRecall()).isEqualTo(1);
    assertThat(scores.bcubedF1()).isEqualTo(1);
  }

  /** k groups of n as one: precision (n - 1) / (kn - 1) of pairs, 1 / k of items. */
  @Test
  void oneGroupForAll() {
    int groups = 4;
    int size = 5;
    int[] truth = IntStream.range(0, groups * size).map(i -> i % groups).toArray();

    ClusterScores scores = ClusterScores.of(new int[groups * size], truth);

    assertThat(scores.pairs().precision().value()).isCloseTo(4.0 / 19, within(1e-12));
    assertThat(scores.pairs().recall().value()).isEqualTo(1);
    assertThat(scores.bcubedPrecision()).isCloseTo(0.25, within(1e-12));
    assertThat(scores.bcubedRecall()).isEqualTo(1);
  }

  /** Groups of n taken apart: no pair is found, and each item is 1 / n of its group. */
  @Test
  void aGroupForEachItem() {
    int[] truth = IntStream.range(0, 12).map(i -> i / 4).toArray();

    ClusterScores scores = ClusterScores.of(IntStream.range(0, 12).toArray(), truth);

    assertThat(scores.pairs()).isEqualTo(new PrecisionRecall(0, 0, 18));
    assertThat(scores.bcubedPrecision()).isEqualTo(1);
    assertThat(scores.bcubedRecall()).isCloseTo(0.25, within(1e-12));
  }

  /** True groups of 5, 2 and 5, found as 5 and 2 + 5: Bagga and Baldwin's first example. */
  @Test
  void givesBaggaAndBaldwinsExample() {
    int[] truth = {1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3};
    int[] smallJoinsLarge = {1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2};
    int[] largeJoinsLarge = {1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1};

    assertThat(ClusterScores.of(smallJoinsLarge, truth).bcubedPrecision())
        .isCloseTo((5 + 2 * 2 / 7.0 + 5 * 5 / 7.0) / 12, within(1e-12))
        .isCloseTo(0.76, within(0.005));
    assertThat(ClusterScores.of(largeJoinsLarge, truth).bcubedPrecision())
        .isCloseTo(0.58, within(0.005));
    assertThat(ClusterScores.of(smallJoinsLarge, truth).bcubedRecall()).isEqualTo(1);
  }

  @Test
  void agreesWithTheDefinitionsOnRandomLabels() {
    Random random = new Random(5);
    int[] found = random.ints(200, -7, 7).toArray();
    int[] truth = random.ints(200, -9, 9).toArray();
    long both = 0;
    long inFound = 0;
    long inTruth = 0;
    double precision = 0;
    double recall = 0;
    for (int i = 0; i < found.length; i++) {
      int together = 0;
      int withFound = 0;
      int withTruth = 0;
      for (int j = 0; j < found.length; j++) {
        boolean foundPair = found[i] == found[j];
        boolean truePair = truth[i] == truth[j];
        withFound += foundPair ? 1 : 0;
        withTruth += truePair ? 1 : 0;
        together += foundPair && truePair ? 1 : 0;
      }
      both += together - 1;
      inFound += withFound - 1;
      inTruth += withTruth - 1;
      precision += (double) together / withFound / found.length;
      recall += (double) together / withTruth / found.length;
    }

    ClusterScores scores = ClusterScores.of(found, truth);

    assertThat(scores.pairs())
        .isEqualTo(new PrecisionRecall(both / 2, (inFound - both) / 2, (inTruth - both) / 2));
    assertThat(scores.bcubedPrecision()).isCloseTo(precision, within(1e-12));
    assertThat(scores.bcubedRecall()).isCloseTo(recall, within(1e-12));
  }

  @Test
  void cellsInAnyOrderAndPiecesAreTheItems() {
    ClusterScores items = ClusterScores.of(new int[] {1, 1, 1, 2, 2}, new int[] {8, 8, 9, 9, 9});

    assertThat(
            ClusterScores.of(
                List.of(
                    new ClusterScores.Cell(2, 9, 2),
                    new ClusterScores.Cell(1, 8, 1),
                    new ClusterScores.Cell(1, 9, 1),
                    new ClusterScores.Cell(1, 8, 1))))
        .isEqualTo(items);
  }

  @Test
  void countsPairsOfMillionsExactly() {
    long n = 3_000_000;

    ClusterScores scores = ClusterScores.of(List.of(new ClusterScores.Cell(0, 0, n)));

    assertThat(scores.pairs().truePositives()).isEqualTo(4_499_998_500_000L);
  }

  @Test
  void refusesArraysOfDifferentLengths() {
    assertThatThrownBy(() -> ClusterScores.of(new int[2], new int[3]))
        .hasMessage("2 items were grouped, and the truth tells of 3");
  }
}
