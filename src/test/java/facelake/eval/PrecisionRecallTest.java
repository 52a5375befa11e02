package facelake.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrecisionRecallTest {
  @Test
  void comesFromCounts() {
    PrecisionRecall scores = new PrecisionRecall(6, 2, 4);

    assertThat(scores.precision()).isEqualTo(new Proportion(6, 8));
    assertThat(scores.recall()).isEqualTo(new Proportion(6, 10));
    assertThat(scores.f1()).isCloseTo(2 * 0.75 * 0.6 / (0.75 + 0.6), within(1e-12));
  }

  @Test
  void comparesCollectionsAndCountsARepeatedFindingOnce() {
    assertThat(PrecisionRecall.of(List.of("a", "b", "b", "x"), List.of("a", "b", "c", "d")))
        .isEqualTo(new PrecisionRecall(2, 1, 2));
  }

  @Test
  void findingNothingHasNoPrecision() {
    assertThat(new PrecisionRecall(0, 0, 3))
        .hasToString("precision none, recall 0.000 [0.000, 0.561], F1 0.000");
    assertThat(new PrecisionRecall(0, 0, 0).f1()).isNaN();
  }

  @Test
  void refusesNegativeCounts() {
    assertThatThrownBy(() -> new PrecisionRecall(1, -1, 0))
        .hasMessageContaining("counts are 0 or more");
  }
}
