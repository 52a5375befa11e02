package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecidedPairsTest {
  private final DecidedPairs pairs = new DecidedPairs();

  @Test
  void tellsPairsInOrderTheSmallerMemberFirst() {
    pairs.same(7, 3, by("a"));
    pairs.different(2, 9, by("b"));
    pairs.same(5, 5, by("c"));
    List<String> told = new ArrayList<>();

    pairs.forEach((a, b, said) -> told.add(a + " " + b + " " + said));

    assertThat(told).containsExactly("2 9 DIFFERENT", "3 7 SAME");
    assertThat(pairs.contradictions()).isEmpty();
  }

  @Test
  void findsWhatIsDifferentOverAChain() {
    pairs.same(1, 2, by("a"));
    pairs.same(2, 3, by("b"));
    pairs.same(8, 9, by("c"));
    pairs.different(3, 1, by("d"));

    assertThat(pairs.contradictions())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.decisions()).containsExactly(by("d"), by("a"), by("b"));
              assertThat(found.line())
                  .contains("are called different, and others make them the same");
            });
  }

  @Test
  void findsOneMemberThatIsDifferentFromItself() {
    pairs.same(1, 2, by("a"));
    pairs.different(2, 1, by("b"));

    assertThat(pairs.contradictions()).hasSize(1);
  }

  private static Decision by(String who) {
    Instant noon = Instant.parse("2024-05-01T12:00:00Z");
    return Decision.of(
        Verdict.SAME,
        new Topic(new Subject.Face("f"), new Subject.Face("g")),
        who,
        noon,
        null,
        noon);
  }
}
