package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.match.CrossDistances.Pair;
import org.junit.jupiter.api.Test;

class CrossDistancesTest {
  @Test
  void sumsUpAllPairs() {
    CrossDistances distances = CrossDistances.between(line(0, 1, 5), line(7, 8, 20), 7, 2);

    // From 0: 7, 8, 20; from 1: 6, 7, 19; from 5: 2, 3, 15. The medoids are 1 and 8.
    assertThat(distances.pairs()).isEqualTo(9);
    assertThat(distances.near()).isEqualTo(3);
    assertThat(distances.smallest()).isEqualTo(2);
    assertThat(distances.median()).isEqualTo(7);
    assertThat(distances.mean()).isEqualTo(87 / 9.0);
    assertThat(distances.medoids()).isEqualTo(7);
    assertThat(distances.best()).containsExactly(new Pair(2, 0, 2), new Pair(1, 1, 7));
  }

  @Test
  void takesTheLowerOfTwoMiddleDistances() {
    assertThat(CrossDistances.between(line(0, 1), line(2, 5), 1, 1).median()).isEqualTo(2);
  }

  @Test
  void namesNoFaceTwice() {
    CrossDistances distances = CrossDistances.between(line(0, 1), line(0, 1, 9), 1, 5);

    assertThat(distances.best()).containsExactly(new Pair(0, 0, 0), new Pair(1, 1, 0));
  }

  @Test
  void breaksTiesByTheFaces() {
    CrossDistances distances = CrossDistances.between(line(0, 2), line(1, 1), 1, 5);

    assertThat(distances.best()).containsExactly(new Pair(0, 0, 1), new Pair(1, 1, 1));
    assertThat(distances.near()).isZero();
  }

  private static EmbeddingBlock line(float... places) {
    return new EmbeddingBlock(places, 1);
  }
}
