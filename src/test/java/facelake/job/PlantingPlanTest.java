package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import facelake.eval.PlantedTruth;
import facelake.step.CopyFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlantingPlanTest {
  /** 100 people each of 1, 2, 3, 4 and 5 photos. */
  private static final List<LabelledPhoto> PHOTOS = photos(500);

  private static final Planting PLAIN = new Planting(OptionalInt.empty(), 0.5, 0, 0, 0, 0, 1);

  @Test
  void everyPhotoOfPeopleWithTwoStandsOnce() {
    PlantingPlan plan = PlantingPlan.of(PHOTOS, PLAIN);

    assertThat(plan.people()).isEqualTo(400);
    assertThat(plan.inBoth()).isEqualTo(200);
    assertThat(plan.photos()).hasSize(100 * (2 + 3 + 4 + 5));
    assertThat(plan.photos()).extracting(photo -> photo.photo().uri()).doesNotHaveDuplicates();
  }

  @Test
  void peopleInBothAreHalvedAndTheSidesAreOfOneSize() {
    PlantingPlan plan = PlantingPlan.of(PHOTOS, PLAIN);
    Map<String, Map<PlantedSide, Long>> counts =
        plan.photos().stream()
            .collect(
                Collectors.groupingBy(
                    photo -> photo.photo().person(),
                    Collectors.groupingBy(PlantingPlan.Photo::side, Collectors.counting())));

    List<Map<PlantedSide, Long>> both =
        counts.values().stream().filter(sides -> sides.size() == 2).toList();
    assertThat(both).hasSize(200);
    assertThat(both)
        .allSatisfy(
            sides ->
                assertThat(sides.get(PlantedSide.LEFT) - sides.get(PlantedSide.RIGHT))
                    .isBetween(-1L, 1L));
    assertThat(plan.identities().stream().filter(one -> one.dataset().equals("left"))).hasSize(300);
  }

  @Test
  void namesTellNothingAndAreOfOnePersonEach() {
    PlantingPlan plan = PlantingPlan.of(PHOTOS, PLAIN);

    assertThat(plan.identities())
        .extracting(PlantedTruth.Identity::identity)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("(left|right)-\\d{6}"));
    Map<String, String> left = personOf(plan, "left");
    assertThat(List.copyOf(left.values())).isNotEqualTo(left.values().stream().sorted().toList());
    long sameNumber =
        left.entrySet().stream()
            .filter(
                name ->
                    name.getValue()
                        .equals(
                            personOf(plan, "right").get(name.getKey().replace("left", "right"))))
            .count();
    assertThat(sameNumber).isLessThan(8); // one is expected by chance
    assertThat(plan.photos())
        .allSatisfy(
            photo ->
                assertThat(personOf(plan, photo.side().dataset()).get(photo.identity()))
                    .isEqualTo(photo.photo().person()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void takesExactlySoManyPhotosOfAPerson(int photos) {
    Planting planting = new Planting(OptionalInt.of(photos), 0.5, 0, 0, 0, 0, 1);

    PlantingPlan plan = PlantingPlan.of(PHOTOS, planting);

    assertThat(
            plan.photos().stream()
                .collect(Collectors.groupingBy(PlantingPlan.Photo::identity, Collectors.counting()))
                .values())
        .allMatch(count -> count == photos);
    // Of 1, 2, 3, 4 and 5 photos, those with twice the number can be in both.
    assertThat(plan.inBoth()).isEqualTo(photos == 1 ? 200 : 100);
    assertThat(plan.people()).isEqualTo(400);
  }

  @Test
  void addsPeopleOfOnePhotoToOneSideEach() {
    PlantingPlan plan =
        PlantingPlan.of(PHOTOS, new Planting(OptionalInt.empty(), 1, 0, 0, 0, 1, 1));

    assertThat(plan.people()).isEqualTo(500);
    assertThat(plan.inBoth()).isEqualTo(400);
    assertThat(plan.identities()).hasSize(900);
    assertThat(plan.identities().stream().filter(one -> one.dataset().equals("left"))).hasSize(450);
  }

  @Test
  void wrongLabelsAreOtherNamesOfTheSameDataset() {
    PlantingPlan plan =
        PlantingPlan.of(PHOTOS, new Planting(OptionalInt.empty(), 0.5, 0.05, 0, 0, 1, 1));

    for (PlantedSide side : PlantedSide.values()) {
      Map<String, String> personOf = personOf(plan, side.dataset());
      List<PlantingPlan.Photo> photos =
          plan.photos().stream().filter(photo -> photo.side() == side).toList();
      List<PlantingPlan.Photo> wrong =
          photos.stream().filter(PlantingPlan.Photo::wrongLabel).toList();
      assertThat(wrong).hasSize((int) Math.round(0.05 * photos.size()));
      assertThat(wrong)
          .allSatisfy(
              photo ->
                  assertThat(personOf.get(photo.identity()))
                      .isNotNull()
                      .isNotEqualTo(photo.photo().person()));
      assertThat(wrong.stream().map(PlantingPlan.Photo::identity).distinct().count())
          .isGreaterThan(wrong.size() * 8L / 10);
      Set<String> rightlyNamed =
          photos.stream()
              .filter(photo -> !photo.wrongLabel())
              .map(photo -> photo.photo().person())
              .collect(Collectors.toSet());
      assertThat(rightlyNamed).containsExactlyInAnyOrderElementsOf(personOf.values());
    }
  }

  @Test
  void everybodyKeepsAPhotoOfTheRightName() {
    PlantingPlan plan =
        PlantingPlan.of(PHOTOS, new Planting(OptionalInt.of(1), 0.5, 1, 0, 0, 0, 1));

    assertThat(plan.photos()).noneMatch(PlantingPlan.Photo::wrongLabel);
  }

  @Test
  void mergedPeopleShareTheNameOfTheLargerPart() {
    PlantingPlan plan =
        PlantingPlan.of(PHOTOS, new Planting(OptionalInt.empty(), 0.5, 0, 0.1, 0, 0, 1));

    Map<String, Map<String, Long>> people =
        plan.photos().stream()
            .collect(
                Collectors.groupingBy(
                    PlantingPlan.Photo::identity,
                    Collectors.groupingBy(photo -> photo.photo().person(), Collectors.counting())));
    // A tenth of the 300 people of each dataset, in pairs.
    assertThat(people.values().stream().filter(parts -> parts.size() == 2)).hasSize(30);
    assertThat(plan.merged()).isEqualTo(30);
    assertThat(plan.identities()).hasSize(570);
    assertThat(plan.identities())
        .allSatisfy(
            one -> {
              Map<String, Long> parts = people.get(one.identity());
              assertThat(parts.get(one.person())).isEqualTo(Collections.max(parts.values()));
            });
  }

  @Test
  void copiesGoToTheOtherDatasetWhereThePersonStandsThere() {
    PlantingPlan plan =
        PlantingPlan.of(PHOTOS, new Planting(OptionalInt.empty(), 0.5, 0.1, 0, 0.05, 0, 1));

    assertThat(plan.copies()).hasSize(2 * 70);
    assertThat(plan.copies()).extracting(PlantingPlan.Copy::of).doesNotHaveDuplicates();
    assertThat(plan.copies()).extracting(PlantingPlan.Copy::name).doesNotHaveDuplicates();
    assertThat(plan.copies())
        .filteredOn(copy -> copy.change() == CopyFiles.Change.HALVED)
        .hasSize(70);
    assertThat(plan.copies())
        .allSatisfy(
            copy -> {
              PlantedSide other = copy.of().side().other();
              String person = copy.of().photo().person();
              boolean there = personOf(plan, other.dataset()).containsValue(person);
              assertThat(copy.side()).isEqualTo(there ? other : copy.of().side());
              assertThat(personOf(plan, copy.side().dataset()).get(copy.identity()))
                  .isEqualTo(person);
            });
  }

  @Test
  void hangsOnTheSeedAndThePhotosAlone() {
    Planting planting = new Planting(OptionalInt.empty(), 0.5, 0.05, 0.1, 0.05, 1, 7);
    List<LabelledPhoto> shuffled = new ArrayList<>(PHOTOS);
    Collections.shuffle(shuffled, new Random(3));
    List<LabelledPhoto> elsewhere =
        PHOTOS.stream()
            .map(p -> new LabelledPhoto("x" + p.uri(), "y", p.imageId(), p.person()))
            .toList();
    PlantingPlan plan = PlantingPlan.of(PHOTOS, planting);

    assertThat(PlantingPlan.of(shuffled, planting)).isEqualTo(plan);
    assertThat(labels(PlantingPlan.of(elsewhere, planting))).isEqualTo(labels(plan));
    Planting otherSeed = new Planting(OptionalInt.empty(), 0.5, 0.05, 0.1, 0.05, 1, 8);
    assertThat(labels(PlantingPlan.of(PHOTOS, otherSeed))).isNotEqualTo(labels(plan));
  }

  @Test
  void refusesSharesThatAreNone() {
    assertThatThrownBy(() -> new Planting(OptionalInt.empty(), 1.5, 0, 0, 0, 0, 1))
        .isInstanceOf(UserError.class)
        .hasMessage("overlap is 1.5; give a share from 0 to 1.0");
    assertThatThrownBy(() -> new Planting(OptionalInt.of(0), 1, 0, 0, 0, 0, 1))
        .hasMessage("photos-per-side is 0; give at least 1");
    assertThatThrownBy(() -> new Planting(OptionalInt.empty(), 1, 0, 0, 0, 2, 1))
        .hasMessage("distractors is 2; give 0 or 1");
  }

  private static Map<String, String> labels(PlantingPlan plan) {
    return plan.photos().stream()
        .collect(Collectors.toMap(photo -> photo.photo().key(), PlantingPlan.Photo::identity));
  }

  private static Map<String, String> personOf(PlantingPlan plan, String dataset) {
    return plan.identities().stream()
        .filter(one -> one.dataset().equals(dataset))
        .collect(
            Collectors.toMap(
                PlantedTruth.Identity::identity,
                PlantedTruth.Identity::person,
                (a, b) -> a,
                TreeMap::new));
  }

  private static List<LabelledPhoto> photos(int people) {
    List<LabelledPhoto> photos = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      for (int photo = 0; photo <= person % 5; photo++) {
        String name = person + "/" + photo;
        photos.add(new LabelledPhoto("file:/" + name, "file:/", "hash of " + name, "p" + person));
      }
    }
    return photos;
  }
}
