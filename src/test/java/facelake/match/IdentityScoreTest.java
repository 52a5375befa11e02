package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import facelake.match.Cohort.Nearness;
import org.junit.jupiter.api.Test;

class IdentityScoreTest {
  private static final double TOLERANCE = 1e-9;
  private static final double NO_RIVAL = Double.POSITIVE_INFINITY;
  private static final IdentityScore SCORE = new IdentityScore(0.6);

  @Test
  void fallsWithTheDistance() {
    assertThat(SCORE.of(0.4, -2, 0, 3, 3)).isLessThan(SCORE.of(0.3, -2, 0, 3, 3));
  }

  @Test
  void fallsWithTheNormalisedDistance() {
    assertThat(SCORE.of(0.4, -1, NO_RIVAL, 3, 3)).isLessThan(SCORE.of(0.4, -2, NO_RIVAL, 3, 3));
  }

  @Test
  void forgivesADistanceThatFewFacesExplain() {
    assertThat(SCORE.of(0.4, -2, 0, 1, 3)).isGreaterThan(SCORE.of(0.4, -2, 0, 2, 3));
    assertThat(SCORE.of(0.4, -2, 0, 1, 3)).isEqualTo(SCORE.of(0.4, -2, 0, 3, 1));
  }

  @Test
  void fallsWhereAnotherCandidateIsNearer() {
    assertThat(SCORE.of(0.4, -2, -3, 3, 3)).isLessThan(SCORE.of(0.4, -2, -2, 3, 3));
    assertThat(SCORE.of(0.4, -2, -2, 3, 3)).isLessThan(SCORE.of(0.4, -2, -1, 3, 3));
  }

  @Test
  void boundsTheLeadOverOtherCandidates() {
    double far = SCORE.of(0.4, -2, 1, 3, 3);

    assertThat(SCORE.of(0.4, -2, 2, 3, 3)).isEqualTo(far);
    assertThat(SCORE.of(0.4, -2, NO_RIVAL, 3, 3)).isEqualTo(far);
  }

  @Test
  void isTheSameForEmbeddersOfAnotherScale() {
    assertThat(new IdentityScore(6).of(4, -2, 0, 3, 5))
        .isCloseTo(SCORE.of(0.4, -2, 0, 3, 5), within(TOLERANCE));
  }

  @Test
  void normalisesByBothSides() {
    Nearness a = new Nearness(0.6, 0.1);
    Nearness b = new Nearness(0.5, 0.05);

    assertThat(IdentityScore.normalised(0.3, a, b)).isCloseTo(-3.5, within(TOLERANCE));
  }
}
