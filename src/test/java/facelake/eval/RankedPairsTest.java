package facelake.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RankedPairsTest {
  /** By score: true, true, false, true, false and true at once, false; two true ones unscored. */
  private static final RankedPairs RANKED =
      RankedPairs.of(
          new double[] {0.5, 0.9, 0.4, 0.8, 0.7, 0.6, 0.5},
          new boolean[] {false, true, false, true, false, true, true},
          6);

  @Test
  void findsTheBestF1() {
    assertThat(RANKED.bestF1())
        .isEqualTo(new RankedPairs.Operating(0.5, new PrecisionRecall(4, 2, 2)));
  }

  @Test
  void ofEqualF1TheHighestScoreWins() {
    RankedPairs ranked =
        RankedPairs.of(new double[] {3, 2, 1}, new boolean[] {true, false, false}, 1);

    assertThat(ranked.bestF1().score()).isEqualTo(3);
  }

  @Test
  void findsMostAtAPrecision() {
    assertThat(RANKED.atPrecision(1).result()).isEqualTo(new PrecisionRecall(2, 0, 4));
    assertThat(RANKED.atPrecision(0.75).score()).isEqualTo(0.6);
    assertThat(RANKED.atPrecision(0.75).result().recall()).isEqualTo(new Proportion(3, 6));
    assertThat(RANKED.atPrecision(0).result().truePositives()).isEqualTo(4);
  }

  @Test
  void aThresholdTakesItsOwnScore() {
    assertThat(RANKED.atScore(0.8).result()).isEqualTo(new PrecisionRecall(2, 0, 4));
    assertThat(RANKED.atScore(0.81).result()).isEqualTo(new PrecisionRecall(1, 0, 5));
    assertThat(RANKED.atScore(2).result()).isEqualTo(new PrecisionRecall(0, 0, 6));
  }

  @Test
  void countsTruePairsAboveEveryFalseOne() {
    assertThat(RANKED.trueBeforeFirstFalse()).isEqualTo(2);
    boolean[] tied = {true, true, false};
    assertThat(RankedPairs.of(new double[] {2, 1, 1}, tied, 2).trueBeforeFirstFalse()).isOne();
  }

  @Test
  void takesNoPairWhereNoneIsGood() {
    RankedPairs wrong = RankedPairs.of(new double[] {1}, new boolean[] {false}, 3);

    assertThat(wrong.atPrecision(0.5).result()).isEqualTo(new PrecisionRecall(0, 0, 3));
    assertThat(RankedPairs.of(new double[0], new boolean[0], 3).bestF1().result().f1()).isZero();
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> RankedPairs.of(new double[] {1, 2}, new boolean[] {true, true}, 1))
        .hasMessage("2 of the scored pairs are true, and there are 1 in all");
    assertThatThrownBy(() -> RankedPairs.of(new double[] {Double.NaN}, new boolean[1], 1))
        .hasMessage("the score of pair 0 is no number");
  }
}
