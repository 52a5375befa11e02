package facelake.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GenderScoresTest {
  /** Answers from 0.8 and to 0.2. */
  private final List<GenderAnswer> answers =
      List.of(
          answer(true, 0.9, "male", "a"),
          answer(true, 0.6, "unknown", "a"),
          answer(true, 0.5, "unknown", "b"),
          answer(true, 0.1, "female", ""),
          answer(false, 0.1, "female", "a"),
          answer(false, 0.5, "unknown", "b"));

  @Test
  void countsWhatIsSaidOfMenAndOfWomen() {
    GenderScores all = GenderScores.of(answers, List.of("group")).get(0);

    assertThat(all.kind()).isEmpty();
    assertThat(all.men()).isEqualTo(new GenderScores.Said(1, 1, 2, 3));
    assertThat(all.women()).isEqualTo(new GenderScores.Said(0, 1, 1, 1));
    assertThat(all.accuracy()).isEqualTo(new Proportion(4, 6));
    assertThat(all.coverage()).isEqualTo(new Proportion(3, 6));
    assertThat(all.answeredAccuracy()).isEqualTo(new Proportion(2, 3));
  }

  @Test
  void tellsGroupsInTheirOrderAndLeavesOutWhatHasNone() {
    List<GenderScores> scores = GenderScores.of(answers, List.of("group"));

    assertThat(scores).extracting(GenderScores::group).containsExactly("", "a", "b");
    assertThat(scores.get(1).accuracy()).isEqualTo(new Proportion(3, 3));
    assertThat(scores.get(2).men().accuracy()).isEqualTo(new Proportion(1, 1));
    assertThat(scores.get(2).women().accuracy()).isEqualTo(new Proportion(0, 1));
    assertThat(scores.get(2).answeredAccuracy()).isEqualTo(new Proportion(0, 0));
  }

  private static GenderAnswer answer(boolean male, double probability, String said, String group) {
    return new GenderAnswer(male, probability, said, List.of(group));
  }
}
