package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpostorTailTest {
  private static final double PAIRS = 1e6;
  private static final double PERCENT = 0.01;

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1.0 / 3, 1, 1.6, 7})
  void continuesAnExponentialTail(double scale) {
    DoubleUnaryOperator quantile = share -> -10 - scale * Math.log(share);
    ImpostorTail tail = ImpostorTail.of(highest(quantile, 1000), PAIRS);

    assertThat(tail.measured()).isTrue();
    for (double share : new double[] {1e-12, 1e-8, 1e-6, 1e-4, 1e-2}) {
      assertThat(tail.falseMatchRate(quantile.applyAsDouble(share)))
          .isCloseTo(share, withinPercentage(PERCENT));
    }
  }

  @Test
  void continuesAHeavierTail() {
    DoubleUnaryOperator quantile = share -> (Math.pow(share, -0.1) - 1) / 0.1;
    ImpostorTail tail = ImpostorTail.of(highest(quantile, 600), PAIRS);

    for (double share : new double[] {1e-10, 1e-6, 5e-4}) {
      assertThat(tail.falseMatchRate(quantile.applyAsDouble(share)))
          .isCloseTo(share, withinPercentage(PERCENT));
    }
  }

  /** Down to the sixteenth of a million scores, and exponentially from there. */
  @Test
  void followsALighterTailAsFarAsItIsBelieved() {
    DoubleUnaryOperator quantile = share -> (1 - Math.pow(share, 0.15)) / 0.15;
    ImpostorTail tail = ImpostorTail.of(highest(quantile, 4000), PAIRS);

    for (double share : new double[] {1.6e-5, 1e-4, 5e-4}) {
      assertThat(tail.falseMatchRate(quantile.applyAsDouble(share)))
          .isCloseTo(share, withinPercentage(PERCENT));
    }
    double slope = Math.pow(1.6e-5, 0.15);
    assertThat(tail.falseMatchRate(quantile.applyAsDouble(1.6e-5) + 3 * slope))
        .isCloseTo(1.6e-5 * Math.exp(-3), withinPercentage(PERCENT));
  }

  @Test
  void doesNotTrustATailToEnd() {
    DoubleUnaryOperator quantile = share -> 1 - share;
    ImpostorTail tail = ImpostorTail.of(highest(quantile, 600), PAIRS);

    assertThat(tail.falseMatchRate(1)).isGreaterThan(0);
    assertThat(tail.falseMatchRate(quantile.applyAsDouble(1e-5))).isGreaterThan(1e-5);
  }

  @Test
  void hardlyNoticesAFewHugeScores() {
    DoubleUnaryOperator quantile = share -> -Math.log(share);
    double[] scores = highest(quantile, 1000);
    double[] planted = Arrays.copyOf(scores, 1005);
    Arrays.fill(planted, 1000, 1005, 1e6);

    assertThat(ImpostorTail.of(planted, PAIRS).falseMatchRate(quantile.applyAsDouble(1e-5)))
        .as("never less, and not half as much again")
        .isBetween(1e-5, 1.5e-5);
  }

  /**
   * Drawn scores, not quantiles. From 512 of them the rate is off by eight times for some seeds, as
   * the shape of an exponential tail is seen where there is none.
   */
  @Test
  void isNotLedAstrayByTheNoiseOfDrawnScores() {
    for (long seed = 0; seed < 100; seed++) {
      assertThat(ImpostorTail.of(drawn(4000, seed), PAIRS).falseMatchRate(-Math.log(1e-6)))
          .as("seed " + seed)
          .isBetween(1e-6 / 5, 1e-6 * 5);
    }
  }

  /** The highest of exponential scores: the spacing before the k-th is exponential, of mean 1/k. */
  private static double[] drawn(int count, long seed) {
    Random random = new Random(seed);
    double[] scores = new double[count];
    double score = Math.log(PAIRS / count);
    for (int rank = count; rank >= 1; rank--) {
      score -= Math.log(1 - random.nextDouble()) / rank;
      scores[rank - 1] = score;
    }
    return scores;
  }

  @Test
  void takesTheUsualTailWhereScoresAreFew() {
    double[] few = highest(share -> -Math.log(share), ImpostorTail.needed() - 1);
    ImpostorTail usual = ImpostorTail.of(new double[0], 1);

    ImpostorTail tail = ImpostorTail.of(few, PAIRS);

    assertThat(tail.measured()).isFalse();
    assertThat(tail.falseMatchRate(-5)).isEqualTo(usual.falseMatchRate(-5)).isBetween(1e-9, 1e-3);
  }

  @Test
  void readsScoresInAnyOrder() {
    double[] scores = highest(share -> -Math.log(share), 1000);
    double[] reversed = IntStream.range(0, 1000).mapToDouble(i -> scores[999 - i]).toArray();

    assertThat(ImpostorTail.of(reversed, PAIRS).falseMatchRate(12))
        .isEqualTo(ImpostorTail.of(scores, PAIRS).falseMatchRate(12));
  }

  @Test
  void neverRisesWithTheScore() {
    assertNeverRises(ImpostorTail.of(new double[0], 1));
    assertNeverRises(ImpostorTail.of(highest(share -> -Math.log(share), 600), PAIRS));
    assertNeverRises(ImpostorTail.of(highest(share -> Math.pow(share, -0.15), 600), PAIRS));
    assertNeverRises(ImpostorTail.of(new double[ImpostorTail.needed()], PAIRS));
  }

  private static void assertNeverRises(ImpostorTail tail) {
    double[] rates =
        IntStream.range(-1000, 1000).mapToDouble(i -> -tail.falseMatchRate(i / 10.0)).toArray();

    assertThat(rates).isSorted();
    assertThat(rates[0]).isCloseTo(-1, within(PERCENT));
    assertThat(tail.falseMatchRate(1e6)).isLessThan(1e-9);
  }

  /** The scores that 1, 2, 3 and so on of all pairs reach. */
  private static double[] highest(DoubleUnaryOperator quantile, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToDouble(i -> quantile.applyAsDouble(i / PAIRS))
        .toArray();
  }
}
