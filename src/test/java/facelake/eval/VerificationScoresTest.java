package facelake.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerificationScoresTest {
  /** One of four pairs of one person is too far, two of four of two people too near or on it. */
  private static final List<MeasuredPair> PAIRS =
      pairs(new double[] {0.2, 0.3, 0.5, 0.7}, new double[] {0.4, 0.6, 0.8, 0.9});

  @Test
  void countsWhatAThresholdRulesRightly() {
    VerificationScores scores = VerificationScores.of(PAIRS, 0.6);

    assertThat(scores.overall()).isEqualTo(new Proportion(5, 8));
    assertThat(scores.same()).isEqualTo(new Proportion(3, 4));
    assertThat(scores.different()).isEqualTo(new Proportion(2, 4));
    assertThat(scores.folds()).containsExactly(new Proportion(2, 4), new Proportion(3, 4));
    assertThat(scores.foldMean()).isEqualTo(0.625);
    // Of 0.5 and 0.75: a sample's.
    assertThat(scores.foldDeviation()).isCloseTo(Math.sqrt(0.03125), within(1e-12));
  }

  /** From 0.6 on, one of four of each kind is wrong; from 0.7 on, two and one. */
  @Test
  void findsTheEqualErrorRate() {
    VerificationScores.EqualError equal = VerificationScores.of(PAIRS, 0.6).equalError();

    assertThat(equal.threshold()).isEqualTo(0.6);
    assertThat(equal.accuracy()).isEqualTo(0.75);
  }

  @Test
  void callsEqualDistancesWrong() {
    VerificationScores.EqualError equal =
        VerificationScores.of(pairs(new double[] {0.5}, new double[] {0.5}), 0.5).equalError();

    assertThat(equal.accuracy()).isZero();
  }

  @Test
  void tellsBothErrorRatesOfEachThreshold() {
    ErrorRates rates = ErrorRates.of(PAIRS);

    assertThat(rates.thresholds()).startsWith(0.2, 0.3, 0.4, 0.5).hasSize(9);
    assertThat(rates.falseMatchRates()).containsExactly(0, 0, 0, 0.25, 0.25, 0.5, 0.5, 0.75, 1);
    assertThat(rates.falseNonMatchRates()).containsExactly(1, 0.75, 0.5, 0.5, 0.25, 0.25, 0, 0, 0);
    assertThat(rates.falseNonMatchRateAt(0)).isEqualTo(0.5);
    assertThat(rates.falseNonMatchRateAt(0.3)).isEqualTo(0.25);
    assertThat(rates.falseNonMatchRateAt(1)).isZero();
  }

  @Test
  void scoresPairsOfGroups() throws IOException {
    ImageGroups groups =
        ImageGroups.read(
            new StringReader("gender,image,age\nmale,l0,1\nfemale,r0,1\nfemale,l1,2\nfemale,r1,\n"),
            "g");

    assertThat(groups.scores(PAIRS, 0.6))
        .containsExactly(
            new ImageGroups.Score(
                "gender", List.of("female", "female"), new Proportion(1, 1), new Proportion(0, 1)),
            new ImageGroups.Score(
                "gender", List.of("female", "male"), new Proportion(1, 1), new Proportion(0, 1)),
            new ImageGroups.Score(
                "age", List.of("1", "1"), new Proportion(1, 1), new Proportion(0, 1)));
  }

  @Test
  void writesPairs() throws IOException {
    StringWriter out = new StringWriter();

    MeasuredPair.write(PAIRS.subList(0, 1), "resnet-v1:0123", 0.6, out);

    assertThat(out)
        .hasToString(
            "embedder,left,right,same,fold,distance,right_at_threshold\r\n"
                + "resnet-v1:0123,l0,r0,1,1,0.2,1\r\n");
  }

  /** Two folds of equal size; pair i is of the images li and ri. */
  static List<MeasuredPair> pairs(double[] same, double[] different) {
    List<MeasuredPair> pairs = new ArrayList<>();
    for (int i = 0; i < same.length; i++) {
      int fold = 2 * i < same.length ? 0 : 1;
      pairs.add(new MeasuredPair(new VerificationPair("l" + i, "r" + i, true, fold), same[i]));
      pairs.add(
          new MeasuredPair(new VerificationPair("l" + i, "r" + i, false, fold), different[i]));
    }
    return pairs;
  }
}
