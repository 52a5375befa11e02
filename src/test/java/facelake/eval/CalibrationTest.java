package facelake.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import facelake.match.PairList;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final double SCALE = 0.05;
  private static final double EVERYTHING = Double.POSITIVE_INFINITY;

  /** Pairs of two people each at 0.001, 0.002 and so on, of whom no pair shares one. */
  private static PairSample strangers(int pairs, int facePairs, double radius) {
    PairList genuine = new PairList();
    PairList impostors = new PairList();
    long[] ofPerson = new long[2 * pairs];
    for (int i = 0; i < pairs; i++) {
      genuine.add(2 * i, 2 * i, i / 2000f);
      for (int face = 0; face < facePairs; face++) {
        impostors.add(2 * i, 2 * i + 1, (i + 1) / 1000f);
      }
      ofPerson[2 * i] = facePairs;
      ofPerson[2 * i + 1] = facePairs;
    }
    return new PairSample(genuine, impostors, ofPerson, radius);
  }

  @Test
  void findsTheDistanceUnderWhichTheWantedShareLies() {
    Calibration calibration = Calibration.of(strangers(1000, 1, EVERYTHING), 0.05);

    assertThat(calibration.threshold()).isCloseTo(0.051, within(1e-6));
    assertThat(calibration.basis()).isEqualTo(Calibration.Basis.MEASURED);
    assertThat(calibration.falseMatchRate().value()).isEqualTo(0.05);
    // 102 of 1,000 genuine pairs are nearer.
    assertThat(calibration.falseNonMatchRate().value()).isCloseTo(0.898, within(1e-9));
  }

  /** Wilson's interval of 50 of 1,000, and the counts whose intervals end at 50. */
  @Test
  void givesWilsonsIntervalWherePairsShareNobody() {
    Calibration calibration = Calibration.of(strangers(1000, 1, EVERYTHING), 0.05);
    Proportion independent = new Proportion(50, 1000);

    assertThat(calibration.falseMatchRate().lower()).isCloseTo(independent.lower(), within(1e-9));
    assertThat(calibration.falseMatchRate().upper()).isCloseTo(independent.upper(), within(1e-9));
    int from = last(count -> new Proportion(count, 1000).upper() <= 0.05);
    int to = first(count -> new Proportion(count, 1000).lower() >= 0.05);
    assertThat(calibration.from()).isCloseTo((from + 1) / 1000.0, within(1e-6));
    assertThat(calibration.to()).isCloseTo((to + 1) / 1000.0, within(1e-6));
  }

  private static int last(IntPredicate holds) {
    return IntStream.range(0, 1000).filter(holds).max().getAsInt();
  }

  private static int first(IntPredicate holds) {
    return IntStream.range(0, 1000).filter(holds).min().getAsInt();
  }

  /** Ten pairs of faces of the same two people tell as much as one. */
  @Test
  void countsPairsThatStandAndFallTogetherOnce() {
    PairSample sample = strangers(100, 10, EVERYTHING);

    Rate rate = sample.falseMatchRate(50);

    Rate independent = Rate.of(0.05, 100);
    assertThat(rate.value()).isEqualTo(0.05);
    assertThat(rate.lower()).isCloseTo(independent.lower(), withinPercentage(6));
    assertThat(rate.upper()).isCloseTo(independent.upper(), withinPercentage(6));
    assertThat(Calibration.of(sample, 0.05).basis()).isEqualTo(Calibration.Basis.FEW);
  }

  /** One person who is near to all others: each false match is his. */
  @Test
  void isUnsureWhereAllFalseMatchesAreOfOnePerson() {
    int people = 100;
    PairList impostors = new PairList();
    long[] ofPerson = new long[people];
    for (int left = 0; left < people; left++) {
      for (int right = left + 1; right < people; right++) {
        impostors.add(left, right, left == 0 ? 0.1f : 1f);
        ofPerson[left]++;
        ofPerson[right]++;
      }
    }
    PairSample sample = new PairSample(new PairList(), impostors, ofPerson, EVERYTHING);

    Rate rate = sample.falseMatchRate(people - 1);

    // As if it were one of 50, not 99 of 4,950.
    assertThat(rate.value()).isCloseTo(0.02, within(1e-9));
    assertThat(rate.upper()).isGreaterThan(0.09);
  }

  /** Pairs of strangers, of whom a share of e to the (distance - 1) / scale is nearer. */
  private static PairSample exponential(int pairs) {
    PairList impostors = new PairList();
    long[] ofPerson = new long[2 * pairs];
    Arrays.fill(ofPerson, 1);
    for (int i = 0; i < pairs; i++) {
      impostors.add(2 * i, 2 * i + 1, (float) (1 + SCALE * Math.log((i + 1.0) / pairs)));
    }
    return new PairSample(new PairList(), impostors, ofPerson, EVERYTHING);
  }

  @Test
  void saysWhenItGoesBeyondWhatTheSampleShows() {
    PairSample many = exponential(40_000);
    PairSample few = exponential(20_000);

    Calibration beyond = Calibration.of(many, 1e-5);
    Calibration tooFar = Calibration.of(many, 1e-7);
    Calibration nothing = Calibration.of(few, 1e-5);

    assertThat(beyond.basis()).isEqualTo(Calibration.Basis.EXTRAPOLATED);
    assertThat(beyond.threshold()).isCloseTo(1 + SCALE * Math.log(1e-5), within(1e-3));
    assertThat(beyond.from()).isNaN();
    assertThat(tooFar.basis()).isEqualTo(Calibration.Basis.NOTHING);
    assertThat(nothing.basis()).isEqualTo(Calibration.Basis.NOTHING);
    assertThat(nothing.threshold()).isNaN();
  }

  @Test
  void hasNoThresholdWhereCopiesAreMoreThanWhatIsWanted() {
    PairList copies = new PairList();
    copies.add(0, 1, 0);
    copies.add(2, 3, 0);
    copies.add(0, 3, 1);

    assertThat(
            Calibration.of(
                    new PairSample(new PairList(), copies, new long[] {8, 4, 4, 4}, EVERYTHING),
                    0.1)
                .basis())
        .isEqualTo(Calibration.Basis.NOTHING);
  }

  /** A hundred photos of one person, none of which is missed, are one person. */
  @Test
  void isUnsureWhereAllGenuinePairsAreOfOnePerson() {
    PairList genuine = new PairList();
    for (int pair = 0; pair < 4950; pair++) {
      genuine.add(0, 0, 0.1f);
    }
    Rate rate =
        new PairSample(genuine, new PairList(), new long[] {0}, EVERYTHING).falseNonMatchRate(0.6);

    assertThat(rate.value()).isZero();
    assertThat(rate.upper()).isCloseTo(Rate.of(0, 1).upper(), within(1e-9));
  }

  @Test
  void refusesARateBeyondTheRadius() {
    assertThatThrownBy(() -> Calibration.of(strangers(1000, 1, 0.0205), 0.05))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(strangers(1000, 1, 0.0205).reaches(0.01)).isTrue();
  }
}
