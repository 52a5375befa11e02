package facelake.step;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestSpark;
import facelake.match.PhotoRule;
import facelake.spark.Phases;
import facelake.table.PeopleTable;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindPeopleTest {
  private static final ScanPlan PLAN = new ScanPlan(2, 16, 64);

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path folder;
  private int searches;

  @Test
  void findsPlantedPeople() {
    PlantedFaces planted = thirtyPeople();

    Map<String, String> personOf = personOf(people(planted, PLAN, PhotoRule.ONCE_A_PHOTO, 3, 1));

    assertThat(groups(personOf)).isEqualTo(groups(planted.people()));
    assertThat(personOf.values()).allMatch(id -> id.matches("p-[0-9a-f]{16}"));
  }

  @ParameterizedTest
  @CsvSource({"1,1024,65536,1", "7,5,64,7", "3,16,41,2"})
  void givesTheSameRowsForAnyPartitionsAndOrder(
      int partitions, int blockFaces, int slabFaces, int inputPartitions) {
    PlantedFaces planted = thirtyPeople();
    ScanPlan plan = new ScanPlan(partitions, blockFaces, slabFaces);

    List<Row> rows =
        people(planted, plan, PhotoRule.ONCE_A_PHOTO, inputPartitions, slabFaces).collectAsList();

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            people(planted, PLAN, PhotoRule.ONCE_A_PHOTO, 2, 99).collectAsList());
  }

  @Test
  void saysHowManyFacesAPersonHas() {
    PlantedFaces planted = new PlantedFaces().person("d", "a", "b", "c").person("d", "a");

    List<Integer> sizes =
        people(planted, PLAN, PhotoRule.ONCE_A_PHOTO, 1, 1).collectAsList().stream()
            .map(row -> row.<Integer>getAs(PeopleTable.SIZE))
            .sorted()
            .toList();

    assertThat(sizes).containsExactly(1, 3, 3, 3);
  }

  @Test
  void keepsFacesOfOnePhotoApartUnlessAllowed() {
    PlantedFaces planted = new PlantedFaces().at(0, "d", "collage").at(0.1, "d", "collage");

    assertThat(groups(personOf(people(planted, PLAN, PhotoRule.ONCE_A_PHOTO, 1, 1)))).hasSize(2);
    assertThat(groups(personOf(people(planted, PLAN, PhotoRule.ANY_NUMBER, 1, 1)))).hasSize(1);
  }

  @Test
  void keepsFacesOfOnePhotoApartWhereAnotherPhotoLinksThem() {
    PlantedFaces planted =
        new PlantedFaces().at(0, "d", "a").at(0.4, "d", "a").at(0.1, "d", "b").at(0.3, "d", "c");

    Dataset<Row> people = people(planted, PLAN, PhotoRule.ONCE_A_PHOTO, 1, 1);

    assertThat(people.groupBy(PeopleTable.PERSON_ID, PeopleTable.URI).count().where("count > 1"))
        .matches(Dataset::isEmpty, "no person twice in a photo");
  }

  @Test
  void takesPhotosOfOneUriInTwoDatasetsForTwoPhotos() {
    PlantedFaces planted = new PlantedFaces().at(0, "d", "a").at(0.1, "e", "a");

    assertThat(groups(personOf(people(planted, PLAN, PhotoRule.ONCE_A_PHOTO, 1, 1)))).hasSize(1);
  }

  private static PlantedFaces thirtyPeople() {
    PlantedFaces planted = new PlantedFaces();
    for (int person = 0; person < 30; person++) {
      int first = person;
      planted.person(
          "dataset " + person % 2,
          IntStream.range(0, 1 + person % 9)
              .mapToObj(photo -> "file:/" + (first + photo) % 31 + ".jpg")
              .toArray(String[]::new));
    }
    return planted;
  }

  private Dataset<Row> people(
      PlantedFaces planted, ScanPlan plan, PhotoRule rule, int partitions, long order) {
    return new FindPeople(
            spark,
            new PeopleOptions("all", 0.6, rule, 0, 1000),
            plan,
            Phases.unwatched(spark, "test"))
        .people(
            planted.faces(spark, partitions, order),
            planted.size(),
            folder.resolve("pairs-" + searches++).toUri().toString())
        .rows();
  }

  private static Map<String, String> personOf(Dataset<Row> people) {
    return people.collectAsList().stream()
        .collect(
            Collectors.toMap(
                row -> row.getAs(PeopleTable.FACE_ID), row -> row.getAs(PeopleTable.PERSON_ID)));
  }

  private static Set<Set<String>> groups(Map<String, String> personOf) {
    Collection<Set<String>> groups =
        personOf.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getValue,
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toCollection(TreeSet::new))))
            .values()
            .stream()
            .map(group -> (Set<String>) group)
            .toList();
    return Set.copyOf(groups);
  }
}
