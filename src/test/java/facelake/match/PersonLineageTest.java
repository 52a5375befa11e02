package facelake.match;

import static facelake.match.PersonLineage.Event.ENDED;
import static facelake.match.PersonLineage.Event.MERGED;
import static facelake.match.PersonLineage.Event.SPLIT;
import static org.assertj.core.api.Assertions.assertThat;

import facelake.match.PersonLineage.Change;
import facelake.match.PersonLineage.Overlap;
import facelake.match.PersonLineage.Result;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PersonLineageTest {
  private static final String NEW_F = PersonId.of("all", "f");
  private static final String NEW_G = PersonId.of("all", "g");

  @Test
  void givesNewIdsOnTheFirstRun() {
    Result result = name(List.of(), List.of(), "f", "g");

    assertThat(result.ids()).containsExactly(NEW_F, NEW_G);
    assertThat(result.changes()).isEmpty();
  }

  @Test
  void keepsIdsWhateverTheSmallestFace() {
    Result result =
        name(List.of("p", "q"), List.of(new Overlap("p", 1, 3), new Overlap("q", 0, 1)), "f", "g");

    assertThat(result.ids()).containsExactly("q", "p");
    assertThat(result.changes()).isEmpty();
  }

  @Test
  void mergesIntoThePersonWithMostFaces() {
    Result result =
        name(List.of("p", "q"), List.of(new Overlap("p", 0, 2), new Overlap("q", 0, 3)), "f");

    assertThat(result.ids()).containsExactly("q");
    assertThat(result.changes()).containsExactly(new Change("p", MERGED, "q", 2));
  }

  @Test
  void mergesIntoTheFirstOfEqualPeople() {
    Result result =
        name(List.of("p", "q"), List.of(new Overlap("q", 0, 2), new Overlap("p", 0, 2)), "f");

    assertThat(result.ids()).containsExactly("p");
    assertThat(result.changes()).containsExactly(new Change("q", MERGED, "p", 2));
  }

  @Test
  void splitsOffTheSmallerGroup() {
    Result result =
        name(List.of("p"), List.of(new Overlap("p", 0, 2), new Overlap("p", 1, 3)), "f", "g");

    assertThat(result.ids()).containsExactly(NEW_F, "p");
    assertThat(result.changes()).containsExactly(new Change("p", SPLIT, NEW_F, 2));
  }

  @Test
  void tellsAMergeFromFacesThatWentElsewhere() {
    Result result =
        name(
            List.of("p", "q"),
            List.of(new Overlap("p", 0, 4), new Overlap("p", 1, 1), new Overlap("q", 0, 9)),
            "f",
            "g");

    assertThat(result.ids()).containsExactly("q", NEW_G);
    assertThat(result.changes())
        .containsExactlyInAnyOrder(
            new Change("p", MERGED, "q", 4), new Change("p", SPLIT, NEW_G, 1));
  }

  @Test
  void movesFacesBetweenPeopleThatGoOn() {
    Result result =
        name(
            List.of("p", "q"),
            List.of(new Overlap("p", 0, 4), new Overlap("p", 1, 1), new Overlap("q", 1, 2)),
            "f",
            "g");

    assertThat(result.ids()).containsExactly("p", "q");
    assertThat(result.changes()).containsExactly(new Change("p", SPLIT, "q", 1));
  }

  @Test
  void endsAPersonWithoutFaces() {
    Result result = name(List.of("p", "q"), List.of(new Overlap("q", 0, 1)), "f", "g");

    assertThat(result.ids()).containsExactly("q", NEW_G);
    assertThat(result.changes()).containsExactly(new Change("p", ENDED, null, 0));
  }

  @Test
  void endsNobodyWhoHasFacesElsewhere() {
    Result result =
        new PersonLineage("all", List.of("p", "q", "r"))
            .name(
                List.of("p", "q", "r"),
                Set.of("p", "r"),
                List.of(new Overlap("p", 0, 1), new Overlap("q", 0, 2)),
                f());

    assertThat(result.ids()).containsExactly("q");
    assertThat(result.changes()).containsExactly(new Change("p", SPLIT, "q", 1));
  }

  @Test
  void neverGivesAnIdTwice() {
    String second =
        new PersonLineage("all", List.of(NEW_F)).name(List.of(), Set.of(), List.of(), f()).ids()[0];
    String third =
        new PersonLineage("all", List.of(second, NEW_F))
            .name(List.of(), Set.of(), List.of(), f())
            .ids()[0];

    assertThat(List.of(NEW_F, second, third)).doesNotHaveDuplicates();
    assertThat(second).matches("p-[0-9a-f]{16}");
  }

  @Test
  void givesNoNewGroupTheIdOfAPersonWithTheSameSmallestFaceThatGoesOn() {
    Result result =
        name(List.of(NEW_F), List.of(new Overlap(NEW_F, 0, 1), new Overlap(NEW_F, 1, 5)), "f", "g");

    assertThat(result.ids()[0]).isNotIn(NEW_F, NEW_G);
    assertThat(result.ids()[1]).isEqualTo(NEW_F);
  }

  @Test
  void writesEventsInLowerCase() {
    assertThat(MERGED.label()).isEqualTo("merged");
  }

  private static String[] f() {
    return new String[] {"f"};
  }

  private static Result name(
      List<String> before, List<Overlap> overlaps, String... smallestFaceIds) {
    return new PersonLineage("all", before).name(before, Set.of(), overlaps, smallestFaceIds);
  }
}
