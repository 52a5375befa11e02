package facelake.match;

import static facelake.match.MatchVerdict.DIFFERENT;
import static facelake.match.MatchVerdict.REVIEW;
import static facelake.match.MatchVerdict.SAME;
import static org.assertj.core.api.Assertions.assertThat;

import facelake.match.Resolution.Pair;
import facelake.match.Resolution.Ruling;
import facelake.match.Resolution.Said;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolutionTest {
  private static final double MOST_FALSE_MERGES = 1;

  @Test
  void joinsWhatIsProbableAndSeldomFalse() {
    assertThat(rule(evidence(0, 1, 0.5, 1))).containsExactly(ruling(SAME, MatchReason.EVIDENCE));
    assertThat(rule(evidence(0, 1, 0.49, 1))).containsExactly(ruling(REVIEW, MatchReason.EVIDENCE));
    assertThat(rule(evidence(0, 1, 0.9, 1.1)))
        .containsExactly(ruling(REVIEW, MatchReason.EVIDENCE));
  }

  @Test
  void asksForALookFromOneInTwentyOn() {
    assertThat(rule(evidence(0, 1, 0.05, 99)))
        .containsExactly(ruling(REVIEW, MatchReason.EVIDENCE));
    assertThat(rule(evidence(0, 1, 0.049, 99)))
        .containsExactly(ruling(DIFFERENT, MatchReason.EVIDENCE));
  }

  @Test
  void asksForALookWhereNoFacesAreNearWhateverTheScore() {
    Pair far = new Pair(0, 1, 1, 9, 1, 0, false, false, true, false, Said.NOTHING);
    Pair unlikely = new Pair(0, 1, 0, 0, 0.01, 99, false, false, true, false, Said.NOTHING);
    Pair said = new Pair(0, 1, 1, 9, 1, 0, false, false, true, false, Said.SAME);

    assertThat(rule(far)).containsExactly(ruling(REVIEW, MatchReason.FAR));
    assertThat(rule(unlikely)).containsExactly(ruling(DIFFERENT, MatchReason.EVIDENCE));
    assertThat(rule(said)).containsExactly(ruling(SAME, MatchReason.DECISION));
  }

  @Test
  void rejoinsPartsOfOneIdentityAtEvenOdds() {
    assertThat(rule(parts(0, 1, 0.01, 0.001))).containsExactly(ruling(SAME, MatchReason.EVIDENCE));
    assertThat(rule(parts(0, 1, 0, 0.04))).containsExactly(ruling(DIFFERENT, MatchReason.EVIDENCE));
    assertThat(rule(parts(0, 1, 0, 0.06))).containsExactly(ruling(REVIEW, MatchReason.EVIDENCE));
  }

  @Test
  void believesDecisions() {
    assertThat(rule(said(Said.SAME, 0, 0))).containsExactly(ruling(SAME, MatchReason.DECISION));
    assertThat(rule(said(Said.DIFFERENT, 1, 0)))
        .containsExactly(ruling(DIFFERENT, MatchReason.DECISION));
  }

  @Test
  void keepsFacesOfOnePhotoApartUnlessToldOtherwise() {
    assertThat(rule(photo(Said.NOTHING)))
        .containsExactly(ruling(DIFFERENT, MatchReason.SAME_PHOTO));
    assertThat(rule(photo(Said.SAME))).containsExactly(ruling(SAME, MatchReason.DECISION));
  }

  @Test
  void keepsApartWhatAPhotoShowsThoughNoPairTellsOfIt() {
    Resolution resolution = resolution(-1, -1, -1);

    List<Ruling> rulings =
        resolution.rule(
            List.of(evidence(0, 1, 0.99, 0), evidence(1, 2, 0.9, 0)),
            List.of(new Resolution.SamePhoto(0, 2)));

    assertThat(rulings)
        .containsExactly(
            ruling(SAME, MatchReason.EVIDENCE), ruling(REVIEW, MatchReason.KEPT_APART));
  }

  @Test
  void believesDecisionsMoreThanPhotos() {
    Resolution resolution = resolution(-1, -1, -1);

    List<Ruling> rulings =
        resolution.rule(
            List.of(said(0, 1, Said.SAME), said(1, 2, Said.SAME)),
            List.of(new Resolution.SamePhoto(0, 2)));

    assertThat(rulings).containsOnly(ruling(SAME, MatchReason.DECISION));
    assertThat(resolution.people()).containsOnly(0);
  }

  @Test
  void joinsCopiesOfOnePhotoUnlessToldOtherwise() {
    assertThat(rule(copy(0, 1, Said.NOTHING)))
        .containsExactly(ruling(SAME, MatchReason.DUPLICATE_PHOTO));
    assertThat(rule(copy(0, 1, Said.DIFFERENT)))
        .containsExactly(ruling(DIFFERENT, MatchReason.DECISION));
  }

  @Test
  void asksForALookWhereALinkJoinsWhatIsKeptApart() {
    Resolution resolution = resolution(-1, -1, -1);

    assertThat(
            resolution.rule(
                List.of(
                    said(Said.DIFFERENT, 0, 0), copy(0, 2, Said.NOTHING), evidence(1, 2, 0.9, 0)),
                List.of()))
        .containsExactly(
            ruling(DIFFERENT, MatchReason.DECISION),
            ruling(SAME, MatchReason.DUPLICATE_PHOTO),
            ruling(REVIEW, MatchReason.KEPT_APART));
    assertThat(resolution.people()).containsExactly(0, 1, 0);
  }

  @Test
  void asksForALookWhereTwoOfOneDatasetLookAlike() {
    assertThat(resolution(4, 4).rule(List.of(evidence(0, 1, 0.99, 0)), List.of()))
        .containsExactly(ruling(REVIEW, MatchReason.SAME_DATASET));
    assertThat(resolution(4, 4).rule(List.of(copy(0, 1, Said.NOTHING)), List.of()))
        .containsExactly(ruling(REVIEW, MatchReason.SAME_DATASET));
    assertThat(resolution(4, 4).rule(List.of(said(Said.SAME, 0, 0)), List.of()))
        .containsExactly(ruling(SAME, MatchReason.DECISION));
  }

  @Test
  void saysThatTwoAreOnePersonThroughOthers() {
    Resolution resolution = resolution(-1, -1, -1);

    List<Ruling> rulings =
        resolution.rule(
            List.of(said(0, 1, Said.SAME), said(1, 2, Said.SAME), evidence(0, 2, 0.3, 0)),
            List.of());

    assertThat(rulings.get(2)).isEqualTo(new Ruling(SAME, MatchReason.GROUP, false));
  }

  @Test
  void asksForALookAtABridge() {
    Resolution resolution = resolution(-1, -1, -1, -1);

    List<Ruling> rulings =
        resolution.rule(
            List.of(
                evidence(1, 2, 0.7, 0),
                copy(0, 1, Said.NOTHING),
                copy(2, 3, Said.NOTHING),
                evidence(0, 3, 0.04, 0)),
            List.of());

    assertThat(rulings.get(0)).isEqualTo(new Ruling(REVIEW, MatchReason.BRIDGE, true));
    assertThat(resolution.people()).containsExactly(0, 0, 1, 1);
    assertThat(resolution.density(0)).isEqualTo(1);
  }

  @Test
  void countsPairsWorthALookAsSupport() {
    Resolution resolution = resolution(-1, -1, -1, -1);

    List<Ruling> rulings =
        resolution.rule(
            List.of(
                evidence(1, 2, 0.7, 0),
                copy(0, 1, Said.NOTHING),
                copy(2, 3, Said.NOTHING),
                evidence(0, 3, 0.06, 0)),
            List.of());

    assertThat(rulings.get(0)).isEqualTo(ruling(SAME, MatchReason.EVIDENCE));
    assertThat(resolution.people()).containsOnly(0);
  }

  private static Ruling ruling(MatchVerdict verdict, MatchReason reason) {
    return new Ruling(verdict, reason, false);
  }

  private static List<Ruling> rule(Pair pair) {
    return resolution(-1, -1).rule(List.of(pair), List.of());
  }

  private static Resolution resolution(int... homes) {
    return new Resolution(homes, MOST_FALSE_MERGES);
  }

  private static Pair evidence(int a, int b, double probability, double falseMerges) {
    return new Pair(
        a, b, probability, 0, probability, falseMerges, false, false, false, false, Said.NOTHING);
  }

  private static Pair parts(int a, int b, double logLikelihoodRatio, double probability) {
    return new Pair(
        a, b, 0, logLikelihoodRatio, probability, 99, true, false, false, false, Said.NOTHING);
  }

  private static Pair said(Said said, double probability, double falseMerges) {
    return new Pair(0, 1, 0, 0, probability, falseMerges, false, false, false, false, said);
  }

  private static Pair said(int a, int b, Said said) {
    return new Pair(a, b, 0, 0, 0, 99, false, false, false, false, said);
  }

  private static Pair photo(Said said) {
    return new Pair(0, 1, 9, 9, 1, 0, true, true, true, true, said);
  }

  private static Pair copy(int a, int b, Said said) {
    return new Pair(a, b, 0, -9, 0, 99, false, false, true, true, said);
  }
}
