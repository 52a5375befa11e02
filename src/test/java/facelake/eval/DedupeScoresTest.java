package facelake.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.eval.DedupeFindings.Match;
import facelake.eval.DedupeFindings.Name;
import facelake.eval.DedupeFindings.Photo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Ann, Ben and Cy stand in both datasets; on the left Cy has the name that counts as Ben's. */
class DedupeScoresTest {
  private static final Name L1 = new Name("left", "l1");
  private static final Name L2 = new Name("left", "l2");
  private static final Name R1 = new Name("right", "r1");
  private static final Name R2 = new Name("right", "r2");
  private static final Name R3 = new Name("right", "r3");

  private static final PlantedTruth TRUTH =
      new PlantedTruth(
          List.of(
              new PlantedTruth.Identity("left", "l1", "Ann"),
              new PlantedTruth.Identity("left", "l2", "Ben"),
              new PlantedTruth.Identity("right", "r1", "Ann"),
              new PlantedTruth.Identity("right", "r2", "Ben"),
              new PlantedTruth.Identity("right", "r3", "Cy")),
          List.of(
              face(L1, "a1", "Ann", false),
              face(L1, "a2", "Ann", false),
              face(L1, "b1", "Ben", true),
              face(L1, "x", null, false),
              face(L2, "b2", "Ben", false),
              face(L2, "b3", "Ben", false),
              face(L2, "c1", "Cy", false),
              face(R1, "a3", "Ann", false),
              face(R2, "b4", "Ben", false),
              face(R3, "c2", "Cy", false)),
          List.of(
              new PlantedTruth.Copy("left", "of a1", "right", "of a3", "recompressed"),
              new PlantedTruth.Copy("left", "of b2", "right", "of b4", "recompressed"),
              new PlantedTruth.Copy("left", "of b3", "left", "small b3", "halved")));

  private final Map<String, String> people =
      TRUTH.faces().stream()
          .collect(Collectors.toMap(PlantedTruth.Face::faceId, face -> "p-" + face.person()));
  private final Map<String, Name> issues = new HashMap<>();

  @Test
  void theTruthItselfIsPerfect() {
    issues.put("b1", L2);
    issues.put("c1", null);
    Map<Photo, String> duplicates =
        Map.of(
            photo("left", "a1"),
            "1",
            photo("right", "a3"),
            "1",
            photo("left", "b2"),
            "2",
            photo("right", "b4"),
            "2",
            photo("left", "b3"),
            "3",
            new Photo("left", "small b3"),
            "3");

    DedupeScores scores = scores(List.of(new Match(L1, R1), new Match(R2, L2)), duplicates);

    assertThat(scores.people().pairs().f1()).isEqualTo(1);
    assertThat(scores.people().bcubedF1()).isEqualTo(1);
    assertThat(scores.people().items()).isEqualTo(9);
    assertThat(scores.matches()).isEqualTo(new PrecisionRecall(2, 0, 0));
    assertThat(scores.labelIssues()).isEqualTo(new PrecisionRecall(2, 0, 0));
    assertThat(scores.wrongLabels()).isEqualTo(new Proportion(1, 1));
    assertThat(scores.sharedNames()).isEqualTo(new Proportion(1, 1));
    assertThat(scores.proposals()).isEqualTo(new Proportion(1, 1));
    assertThat(scores.copies())
        .containsEntry("halved", new Proportion(1, 1))
        .containsEntry("recompressed", new Proportion(2, 2));
    assertThat(scores.otherDuplicates()).isZero();
  }

  @Test
  void countsPeopleOverKnownFacesAndAMissingOneAsAlone() {
    people.put("c2", "p-Ann");
    people.remove("a2");

    DedupeScores scores = scores(List.of(), Map.of());

    // Ann's three pairs and Cy's one are true, besides Ben's six.
    assertThat(scores.people().pairs()).isEqualTo(new PrecisionRecall(7, 2, 3));
    assertThat(scores.facesWithoutPerson()).isOne();
  }

  @Test
  void countsAPairOnceAndLeavesOutWhatASharedNameMakesDebatable() {
    List<Match> matches =
        List.of(
            new Match(L1, R1),
            new Match(R1, L1),
            new Match(L1, R3), // wrong
            new Match(L2, R3)); // Cy's, but the name counts as Ben's

    assertThat(scores(matches, Map.of()).matches()).isEqualTo(new PrecisionRecall(1, 1, 1));
  }

  @Test
  void leavesOutListedFacesThatNobodyKnows() {
    issues.put("x", null);
    issues.put("a1", L2);
    issues.put("b1", R1);

    DedupeScores scores = scores(List.of(), Map.of());

    assertThat(scores.labelIssues()).isEqualTo(new PrecisionRecall(1, 1, 1));
    assertThat(scores.wrongLabels()).isEqualTo(new Proportion(1, 1));
    assertThat(scores.sharedNames()).isEqualTo(new Proportion(0, 1));
    assertThat(scores.proposals()).isEqualTo(new Proportion(0, 1));
  }

  @Test
  void tellsPlantedCopiesFromOtherPairs() {
    Map<Photo, String> duplicates =
        Map.of(
            photo("left", "a1"), "1",
            photo("right", "a3"), "1",
            photo("left", "a2"), "1",
            photo("right", "c2"), "1",
            photo("left", "b2"), "2",
            photo("right", "b4"), "3");

    DedupeScores scores = scores(List.of(), duplicates);

    assertThat(scores.copies())
        .containsEntry("halved", new Proportion(0, 1))
        .containsEntry("recompressed", new Proportion(1, 2));
    assertThat(scores.otherDuplicates()).isEqualTo(5);
    assertThat(scores.duplicatesOfTwoPeople()).isEqualTo(3);
  }

  @Test
  void refusesNamesThatWereNotPlanted() {
    List<Match> matches = List.of(new Match(L1, new Name("other", "o1")));

    assertThatThrownBy(() -> scores(matches, Map.of()))
        .hasMessage("o1 of dataset other is no planted identity");
  }

  private DedupeScores scores(List<Match> matches, Map<Photo, String> duplicates) {
    return DedupeScores.of(new DedupeFindings(people, matches, issues, duplicates), TRUTH);
  }

  private static Photo photo(String dataset, String face) {
    return new Photo(dataset, "of " + face);
  }

  private static PlantedTruth.Face face(Name name, String id, String person, boolean wrong) {
    return new PlantedTruth.Face(name.dataset(), "of " + id, id, name.identity(), person, wrong);
  }
}
