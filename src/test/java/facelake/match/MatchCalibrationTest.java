package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Impostor scores are exponential with mean 1, genuine ones normal around 16. */
class MatchCalibrationTest {
  private static final double TOLERANCE = 1e-6;
  private static final double PAIRS = 1e6;
  private static final double[] IMPOSTORS =
      IntStream.rangeClosed(1, 2000).mapToDouble(i -> -Math.log(i / PAIRS)).toArray();
  private static final ImpostorTail TAIL = ImpostorTail.of(IMPOSTORS, PAIRS);
  private static final ImpostorTail USUAL = ImpostorTail.of(new double[0], 1);

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 300, 3000})
  void findsTheShareOfPairsThatAreOnePerson(int same) {
    double[] candidates = DoubleStream.concat(DoubleStream.of(IMPOSTORS), genuine(same)).toArray();

    MatchCalibration calibration = calibration(candidates, PAIRS);

    assertThat(calibration.prior() * PAIRS).isCloseTo(same, within(1 + same * 0.05));
    double found = DoubleStream.of(candidates).map(calibration::probability).sum();
    assertThat(found).isCloseTo(same, within(1 + same * 0.05));
  }

  @Test
  void isTheRatioOfBothDensities() {
    NormalDistribution normal = new NormalDistribution(16, 2);
    MatchCalibration calibration = calibration(new double[0], PAIRS);

    for (double score : new double[] {8, 12, 15}) {
      assertThat(calibration.logLikelihoodRatio(score))
          .isCloseTo(normal.logDensity(score) + score, withinPercentage(5));
    }
  }

  @Test
  void neverFallsWithTheScore() {
    DoubleUnaryOperator heavy = share -> Math.pow(share, -0.15);
    double[] scores =
        IntStream.rangeClosed(1, 600).mapToDouble(i -> heavy.applyAsDouble(i / PAIRS)).toArray();

    assertNeverFalls(calibration(IMPOSTORS, PAIRS));
    assertNeverFalls(MatchCalibration.of(new double[0], USUAL, new double[0], 1));
    assertNeverFalls(
        MatchCalibration.of(genuine(99).toArray(), ImpostorTail.of(scores, PAIRS), scores, PAIRS));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.5, 0.95, 0.99})
  void findsTheScoreOfAProbability(double probability) {
    MatchCalibration calibration = calibration(genuine(100).toArray(), PAIRS);

    double score = calibration.scoreOf(probability);

    assertThat(calibration.probability(score)).isCloseTo(probability, within(TOLERANCE));
    assertThat(calibration.probability(score)).isGreaterThanOrEqualTo(probability);
    assertThat(calibration.probability(score - TOLERANCE)).isLessThan(probability);
  }

  @Test
  void expectsFalseMergesInProportionToThePairs() {
    MatchCalibration few = calibration(new double[0], PAIRS);
    MatchCalibration many = calibration(new double[0], 1000 * PAIRS);

    assertThat(few.expectedFalseMerges(12)).isCloseTo(PAIRS * Math.exp(-12), within(TOLERANCE));
    assertThat(many.expectedFalseMerges(12))
        .isCloseTo(1000 * few.expectedFalseMerges(12), within(TOLERANCE));
  }

  @Test
  void isMeasuredWhereHalvesAndImpostorsAreMany() {
    assertThat(measured(30, TAIL)).isTrue();
    assertThat(measured(29, TAIL)).isFalse();
    assertThat(measured(30, USUAL)).isFalse();
  }

  @Test
  void doesNotLearnFromFewHalves() {
    assertThat(ratio(genuine(29).toArray())).isEqualTo(ratio(new double[0]));
    assertThat(ratio(genuine(30).toArray())).isNotEqualTo(ratio(new double[0]));
  }

  @Test
  void hardlyNoticesMixedIdentities() {
    double[] mixed =
        DoubleStream.concat(genuine(95), DoubleStream.generate(() -> -50).limit(5)).toArray();

    assertThat(ratio(mixed)).isCloseTo(ratio(genuine(95).toArray()), within(0.2));
  }

  private static double ratio(double[] halves) {
    return MatchCalibration.of(halves, TAIL, new double[0], PAIRS).logLikelihoodRatio(14);
  }

  private static boolean measured(int halves, ImpostorTail tail) {
    return MatchCalibration.of(genuine(halves).toArray(), tail, new double[0], PAIRS).measured();
  }

  private static void assertNeverFalls(MatchCalibration calibration) {
    double[] scores = IntStream.range(-2000, 2000).mapToDouble(i -> i / 20.0).toArray();

    assertThat(DoubleStream.of(scores).map(calibration::logLikelihoodRatio).toArray()).isSorted();
    assertThat(DoubleStream.of(scores).map(calibration::probability).toArray()).isSorted();
  }

  private static MatchCalibration calibration(double[] candidates, double pairs) {
    return MatchCalibration.of(genuine(1000).toArray(), TAIL, candidates, pairs);
  }

  /** Scores of one person: quantiles of a normal distribution. */
  private static DoubleStream genuine(int count) {
    NormalDistribution normal = new NormalDistribution(16, 2);
    return IntStream.range(0, count)
        .mapToDouble(i -> normal.inverseCumulativeProbability((i + 0.5) / count));
  }
}
