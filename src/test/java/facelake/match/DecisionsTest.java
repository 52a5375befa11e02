package facelake.match;

import static facelake.match.Verdict.DIFFERENT;
import static facelake.match.Verdict.NOT_A_FACE;
import static facelake.match.Verdict.SAME;
import static facelake.match.Verdict.WITHDRAW;
import static facelake.match.Verdict.WRONG_LABEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecisionsTest {
  private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

  private static final Subject ANN = new Subject.Identity("a", "Ann");
  private static final Subject ANNE = new Subject.Identity("b", "Anne");
  private static final Subject ANNA = new Subject.Identity("c", "Anna");
  private static final Subject F = new Subject.Face("f");
  private static final Subject G = new Subject.Face("g");

  @Test
  void consistentDecisionsContradictNothing() {
    Decisions decisions =
        decisions(
            at(0, SAME, ANN, ANNE),
            at(1, SAME, ANNE, ANN),
            at(2, DIFFERENT, ANN, ANNA),
            at(3, SAME, F, G),
            at(4, WRONG_LABEL, F, ANN),
            at(5, WRONG_LABEL, G, ANN),
            at(6, WRONG_LABEL, new Subject.Face("h"), null),
            at(7, NOT_A_FACE, new Subject.Face("i"), null));

    assertThat(decisions.contradictions()).isEmpty();
    assertThat(decisions.inForce()).hasSize(8);
  }

  @Test
  void tellsAPairThatIsSameAndDifferentInEitherOrder() {
    assertThat(lines(at(0, SAME, ANN, ANNE), at(1, DIFFERENT, ANNE, ANN)))
        .containsExactly(
            "identity 'Ann' of dataset 'a' and identity 'Anne' of dataset 'b' are called same and"
                + " different: same by p0, 2024-05-01T12:00:00Z; different by p1,"
                + " 2024-05-01T13:00:00Z");
  }

  @Test
  void tellsTheChainThatJoinsDifferentIdentities() {
    Decision annAnne = at(0, SAME, ANN, ANNE);
    Decision anneAnna = at(1, SAME, ANNA, ANNE);
    Decision different = at(2, DIFFERENT, ANN, ANNA);

    List<Contradiction> found = decisions(anneAnna, different, annAnne).contradictions();

    assertThat(found).hasSize(1);
    assertThat(found.get(0).decisions()).containsExactly(different, annAnne, anneAnna);
    assertThat(found.get(0).line())
        .startsWith(
            "identity 'Ann' of dataset 'a' and identity 'Anna' of dataset 'c' are called different,"
                + " and a chain makes them the same: ")
        .endsWith(anneAnna.toString());
  }

  @Test
  void facesThatBelongToOneIdentityAreJoined() {
    assertThat(
            lines(
                at(0, WRONG_LABEL, F, ANN),
                at(1, WRONG_LABEL, G, ANNE),
                at(2, SAME, ANN, ANNE),
                at(3, DIFFERENT, F, G)))
        .singleElement()
        .asString()
        .startsWith("face f and face g are called different, and a chain makes them the same: ")
        .contains("face f as identity 'Ann' of dataset 'a' (wrong-label by p0");
  }

  @Test
  void tellsAFaceThatIsNoneAndInUse() {
    assertThat(
            lines(
                at(0, NOT_A_FACE, F, null),
                at(1, SAME, F, G),
                at(2, DIFFERENT, F, new Subject.Face("h")),
                at(3, WRONG_LABEL, F, null)))
        .singleElement()
        .asString()
        .startsWith(
            "face f is called no face and decided on as one: face f (not-a-face by p0,"
                + " 2024-05-01T12:00:00Z); face f and face g (same by p1,")
        .contains("(different by p2", "(wrong-label by p3");
  }

  @Test
  void tellsAFaceWithTwoRightLabels() {
    assertThat(lines(at(0, WRONG_LABEL, F, ANN), at(1, WRONG_LABEL, F, ANNE)))
        .singleElement()
        .asString()
        .startsWith("face f is said to belong to 2 identities: face f as identity 'Ann'");
  }

  @Test
  void aFaceWithTwoRightLabelsJoinsNobody() {
    assertThat(
            lines(
                at(0, WRONG_LABEL, F, ANN),
                at(1, WRONG_LABEL, F, ANNE),
                at(2, DIFFERENT, ANN, ANNE)))
        .hasSize(1);
  }

  @Test
  void tellsWhatIsDifferentFromItself() {
    assertThat(lines(at(0, DIFFERENT, F, F)))
        .containsExactly(
            "face f is called different from itself: different by p0, 2024-05-01T12:00:00Z");
  }

  @Test
  void aWithdrawalTakesBackWhatWasDecidedBeforeIt() {
    Decision after = at(3, DIFFERENT, ANN, ANNE);
    Decisions decisions =
        decisions(
            after,
            at(0, SAME, ANN, ANNE),
            at(1, DIFFERENT, ANNE, ANN),
            at(3, WITHDRAW, ANNE, ANN),
            at(2, WITHDRAW, ANN, ANNE));

    assertThat(decisions.inForce()).containsExactly(after);
  }

  @Test
  void aWithdrawalOfAFaceLeavesItsPairsAlone() {
    Decision pair = at(0, SAME, F, G);
    Decision other = at(0, NOT_A_FACE, G, null);
    Decisions decisions =
        decisions(
            pair,
            other,
            at(1, NOT_A_FACE, F, null),
            at(1, WRONG_LABEL, F, null),
            at(1, WRONG_LABEL, F, ANN),
            at(2, WITHDRAW, F, null));

    assertThat(decisions.inForce()).containsExactlyInAnyOrder(pair, other);
  }

  @Test
  void aWithdrawalOfALabelLeavesOtherLabelsAlone() {
    Decision right = at(0, WRONG_LABEL, F, ANN);
    Decisions decisions = decisions(right, at(0, WRONG_LABEL, F, ANNE), at(1, WITHDRAW, F, ANNE));

    assertThat(decisions.inForce()).containsExactly(right);
  }

  @Test
  void namesTheWithdrawalAndWhetherItReachesAnything() {
    Decision same = at(1, SAME, ANN, ANNE);
    Decision early = at(0, WITHDRAW, ANN, ANNE);
    Decision late = at(2, WITHDRAW, ANN, ANNE);
    Decisions decisions = decisions(same, early, late);

    assertThat(decisions.withdrawal(same)).contains(late);
    assertThat(decisions.reaches(early)).isFalse();
    assertThat(decisions.reaches(late)).isTrue();
  }

  @Test
  void equalContentHasOneId() {
    Decision decision = Decision.of(SAME, new Topic(ANN, ANNE), "p", null, "n", NOON);

    assertThat(decision.id()).matches("[0-9a-f]{32}");
    assertThat(Decision.of(SAME, new Topic(ANNE, ANN), "p", null, "n", NOON.plusSeconds(1)).id())
        .isEqualTo(decision.id());
    assertThat(
            Stream.of(
                    decision,
                    Decision.of(DIFFERENT, new Topic(ANN, ANNE), "p", null, "n", NOON),
                    Decision.of(SAME, new Topic(ANN, ANNA), "p", null, "n", NOON),
                    Decision.of(SAME, new Topic(ANN, ANNE), "pn", null, "", NOON),
                    Decision.of(SAME, new Topic(ANN, ANNE), null, null, "n", NOON),
                    Decision.of(SAME, new Topic(ANN, ANNE), "p", NOON, "n", NOON))
                .map(Decision::id))
        .doesNotHaveDuplicates();
  }

  @Test
  void oneDecisionCountsOnce() {
    Decision decision = at(0, SAME, ANN, ANNE);

    assertThat(decisions(decision, decision).inForce()).containsExactly(decision);
  }

  @Test
  void refusesTopicsThatNoVerdictTakes() {
    assertThatThrownBy(() -> new Topic(ANN, F))
        .hasMessage("no decision is about identity 'Ann' of dataset 'a' and face f");
    assertThatThrownBy(() -> new Topic(ANN, null)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> at(0, SAME, F, ANN))
        .hasMessage("same is never said of face f as identity 'Ann' of dataset 'a'");
  }

  @Test
  void managesAHundredThousandDecisionsInAnyOrder() {
    List<Decision> all = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      all.add(at(i, SAME, numbered(i), numbered(i + 1)));
    }
    Decision different = at(0, DIFFERENT, numbered(0), numbered(100_000));
    all.add(different);
    Collections.shuffle(all, new Random(3));

    long start = System.nanoTime();
    List<Contradiction> found = new Decisions(all).contradictions();

    assertThat(found).hasSize(1);
    assertThat(found.get(0).decisions()).hasSize(100_001).startsWith(different);
    assertThat(found.get(0).line()).contains("... 99,989 more ...").hasSizeLessThan(3_000);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  private static Subject numbered(int number) {
    return new Subject.Identity("d", "person %06d".formatted(number));
  }

  private static List<String> lines(Decision... decisions) {
    return decisions(decisions).contradictions().stream().map(Contradiction::line).toList();
  }

  private static Decisions decisions(Decision... decisions) {
    return new Decisions(List.of(decisions));
  }

  /** A decision of a person of its own, so many hours after noon. */
  private static Decision at(int hours, Verdict verdict, Subject a, Subject b) {
    Instant when = NOON.plus(Duration.ofHours(hours));
    return Decision.of(verdict, new Topic(a, b), "p" + hours, when, null, when);
  }
}
