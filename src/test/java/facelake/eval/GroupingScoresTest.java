package facelake.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import facelake.eval.ClusterScores.Cell;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupingScoresTest {
  @Test
  void countsWhatIsWrongWithGroups() {
    // A group of four of person 1 and one of person 2, a group of two of person 2, and two alone.
    GroupingScores scores =
        GroupingScores.of(
            List.of(
                new Cell(10, 1, 4),
                new Cell(10, 2, 1),
                new Cell(11, 2, 2),
                new Cell(12, 1, 1),
                new Cell(13, 3, 1)));

    assertThat(scores.faces()).isEqualTo(9);
    assertThat(scores.people()).isEqualTo(3);
    assertThat(scores.groups()).isEqualTo(2);
    assertThat(scores.alone()).isEqualTo(2);
    assertThat(scores.purity()).isEqualTo(new Proportion(8, 9));
    assertThat(scores.wrongMerges()).isEqualTo(1);
    assertThat(scores.splits()).isEqualTo(2);
    assertThat(scores.clusters().pairs().truePositives()).isEqualTo(7);
    // Over the faces: 4 of 4/5, 1 of 1/5, 2 and the two alone of 1.
    assertThat(scores.clusters().bcubedPrecision())
        .isCloseTo((4 * 4 / 5.0 + 1 / 5.0 + 4) / 9, within(1e-12));
  }

  @Test
  void findsNothingWrongWithTheTruth() {
    GroupingScores scores = GroupingScores.of(List.of(new Cell(0, 5, 3), new Cell(1, 6, 1)));

    assertThat(scores.purity().value()).isEqualTo(1);
    assertThat(scores.wrongMerges()).isZero();
    assertThat(scores.splits()).isZero();
    assertThat(scores.clusters().bcubedF1()).isEqualTo(1);
  }
}
