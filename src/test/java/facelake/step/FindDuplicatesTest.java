package facelake.step;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestSpark;
import facelake.match.CopyRule;
import facelake.spark.Phases;
import facelake.table.DuplicatesTable;
import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindDuplicatesTest {
  private static final long HASH = 0x0123456789ABCDEFL;
  private static final CopyRule RULE = new CopyRule(8, 0.25, 4, 0.5);
  private static final HashPlan PLAN = new HashPlan(2, 1000);

  private final SparkSession spark = TestSpark.session();
  private final PlantedImages images = new PlantedImages();
  private final PlantedFaces faces = new PlantedFaces();
  @TempDir private Path folder;
  private int searches;

  @Test
  void findsTheSameFileInTwoDatasets() {
    images
        .image("d", "a", "same", HASH, ImagesTable.IDENTITY, "Ann")
        .image("e", "b", "same", HASH, ImagesTable.IDENTITY, "ann")
        .image("e", "c", "other", ~HASH, ImagesTable.IDENTITY, "Bob");

    List<Row> rows = duplicates().collectAsList();

    assertThat(texts(rows)).containsExactly("d/a kept 0 null", "e/b exact 0 null");
    assertThat(rows)
        .allMatch(row -> row.getAs(DuplicatesTable.DUPLICATE_ID).equals("d-e1fcdaa82ef77754"))
        .allMatch(row -> row.getList(row.fieldIndex("datasets")).equals(List.of("d", "e")))
        .allMatch(
            row -> row.getList(row.fieldIndex("identities")).equals(List.of("d/Ann", "e/ann")))
        .noneMatch(row -> row.<Boolean>getAs(DuplicatesTable.CONFLICT));
  }

  @Test
  void hasAllColumnsOfTheTableButTheRun() {
    images.image("d", "a", "same", HASH).image("d", "b", "same", HASH);

    assertThat(duplicates().columns())
        .containsExactly(
            Arrays.stream(DuplicatesTable.SCHEMA.fieldNames())
                .filter(name -> !name.equals(DuplicatesTable.RUN_ID))
                .toArray(String[]::new));
  }

  @Test
  void findsANearCopyWhoseFacesAgree() {
    photo("a", HASH, 0);
    photo("b", flip(HASH, 8), 0.125);

    assertThat(texts()).containsExactly("d/a kept 0 null", "d/b near 8 0.125");
  }

  @Test
  void findsNoCopyWhereFacesContradict() {
    photo("a", HASH, 0);
    photo("b", flip(HASH, 8), 0.25);
    photo("c", ~HASH, 0);
    photo("d", flip(~HASH, 4), 0.5);

    assertThat(texts()).isEmpty();
  }

  @Test
  void wantsEachFaceOfThePhotoWithFewerOnes() {
    photo("a", HASH, 0, 5, 9);
    photo("b", flip(HASH, 6), 5.125, 0);
    photo("c", ~HASH, 0, 5, 9);
    photo("d", flip(~HASH, 6), 0, 3);

    assertThat(texts()).containsExactly("d/a kept 0 null", "d/b near 6 0.125");
  }

  @Test
  void takesFewBitsForEnoughWhereFacesAreMissing() {
    images
        .image("d", "a", "a", HASH)
        .image("d", "b", "b", flip(HASH, 4))
        .image("d", "c", "c", ~HASH)
        .image("d", "d", "d", flip(~HASH, 5));
    photo("e", Long.rotateLeft(HASH, 2), 0);
    images.image("d", "f", "f", flip(Long.rotateLeft(HASH, 2), 4));

    assertThat(texts())
        .containsExactly(
            "d/a kept 0 null", "d/b near 4 null", "d/e kept 0 null", "d/f near 4 null");
  }

  @Test
  void takesEvenPicturesForCopiesOnlyWhereTheirBytesAre() {
    images
        .image("d", "a", "grey", 0L)
        .image("d", "b", "white", 0L)
        .image("d", "c", "near", 3L)
        .image("e", "d", "grey", 0L)
        .image("e", "e", "old", null)
        .image("e", "f", "old", null);

    assertThat(texts())
        .containsExactly(
            "d/a kept 0 null", "e/d exact 0 null", "e/e kept 0 null", "e/f exact 0 null");
  }

  @Test
  void findsNothingAmongEvenPicturesAlone() {
    images.image("d", "a", "grey", 0L).image("d", "b", "white", 0L);

    assertThat(texts()).isEmpty();
  }

  @Test
  void groupsAllFilesOfAPhoto() {
    images
        .image("d", "a", "large", HASH)
        .image("e", "a", "large", HASH)
        .image("e", "b", "small", flip(HASH, 2), ImagesTable.WIDTH, 50)
        .image("f", "c", "small", flip(HASH, 2), ImagesTable.WIDTH, 50);

    assertThat(texts())
        .containsExactly(
            "d/a kept 0 null", "e/a exact 0 null", "e/b near 2 null", "f/c near 2 null");
    assertThat(duplicates().select(DuplicatesTable.DUPLICATE_ID).distinct().count()).isEqualTo(1);
  }

  @Test
  void saysWhereADatasetHasAPhotoUnderTwoIdentities() {
    images
        .image("d", "a", "a", HASH, ImagesTable.IDENTITY, "Ann")
        .image("d", "b", "b", flip(HASH, 2), ImagesTable.IDENTITY, "Bob")
        .image("e", "c", "c", ~HASH, ImagesTable.IDENTITY, "Ann")
        .image("f", "d", "c", ~HASH, ImagesTable.IDENTITY, "Bob")
        .image("f", "e", "c", ~HASH, ImagesTable.IDENTITY, "Bob")
        .image("f", "g", "c", ~HASH);

    List<Row> rows = duplicates().where(DuplicatesTable.CONFLICT).collectAsList();

    assertThat(texts(rows)).containsExactly("d/a kept 0 null", "d/b near 2 null");
    assertThat(rows.get(0).getList(rows.get(0).fieldIndex(DuplicatesTable.IDENTITIES)))
        .isEqualTo(List.of("d/Ann", "d/Bob"));
  }

  @Test
  void keepsMostPixelsThenMostBytesThenTheOldest() {
    images
        .image("d", "a", "a", HASH, ImagesTable.BYTES, 9000L)
        .image("d", "b", "b", HASH, ImagesTable.WIDTH, 101)
        .image("e", "a", "c", ~HASH)
        .image("e", "b", "d", ~HASH, ImagesTable.BYTES, 1001L)
        .image("f", "a", "e", Long.rotateLeft(HASH, 2))
        .image(
            "f",
            "b",
            "f",
            Long.rotateLeft(HASH, 2),
            ImagesTable.PROCESSED_AT,
            PlantedImages.NOON.minusSeconds(1))
        .image("g", "a", "g", Long.rotateLeft(HASH, 5))
        .image("g", "b", "g", Long.rotateLeft(HASH, 5));

    assertThat(texts(duplicates().where(DuplicatesTable.KEEP).collectAsList()))
        .containsExactly(
            "d/b kept 0 null", "e/b kept 0 null", "f/b kept 0 null", "g/a kept 0 null");
  }

  /** b is a copy of a, and c of b; but c and a differ. */
  @Test
  void comparesEachCopyWithTheOneToKeep() {
    images
        .image("d", "a", "a", HASH)
        .image("d", "b", "b", flip(HASH, 3), ImagesTable.WIDTH, 90)
        .image("d", "c", "c", flip(HASH, 6), ImagesTable.WIDTH, 80)
        .image("d", "d", "d", flip(HASH, 7), ImagesTable.WIDTH, 70);

    List<Row> rows = duplicates().collectAsList();

    assertThat(texts(rows))
        .containsExactly(
            "d/a kept 0 null", "d/b near 3 null", "d/c kept 0 null", "d/d near 1 null");
    assertThat(rows.get(0).<String>getAs(DuplicatesTable.DUPLICATE_ID))
        .isEqualTo(rows.get(1).getAs(DuplicatesTable.DUPLICATE_ID))
        .isNotEqualTo(rows.get(2).getAs(DuplicatesTable.DUPLICATE_ID));
  }

  @Test
  void leavesOutImagesThatAreGoneOrFailed() {
    images
        .image("d", "a", "same", HASH)
        .image("d", "b", "same", HASH, ImagesTable.STATUS, ImageStatus.REMOVED.label())
        .image("d", "c", "same", HASH, ImagesTable.STATUS, ImageStatus.FAILED.label());

    assertThat(texts()).isEmpty();
  }

  @Test
  void leavesOutFacesOfAnotherRun() {
    images
        .image("d", "a", "a", HASH, ImagesTable.RUN_ID, "later")
        .image("d", "b", "b", flip(HASH, 2));
    faces.at(0, "d", "a").at(7, "d", "b");

    assertThat(texts()).containsExactly("d/a kept 0 null", "d/b near 2 null");
  }

  @ParameterizedTest
  @CsvSource({"1,1000000,1", "7,37,5", "3,100,2"})
  void givesTheSameRowsForAnyPartitionsAndOrder(int partitions, int slabHashes, int inputs) {
    Random random = new Random(4);
    for (int i = 0; i < 120; i++) {
      long hash = flip(Long.rotateLeft(HASH, 6 * (i % 10)), random.nextInt(9));
      photo("photo " + i, hash, 0.1 * random.nextInt(8));
    }
    List<Row> rows =
        duplicates(new HashPlan(partitions, slabHashes), inputs, slabHashes).collectAsList();

    assertThat(rows)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(duplicates(PLAN, 2, 99).collectAsList());
  }

  /** A photo of dataset d with faces at places on a line, which decide their distances. */
  private void photo(String uri, long hash, double... places) {
    images.image(
        "d",
        uri,
        "image of " + uri,
        hash,
        ImagesTable.STATUS,
        ImageStatus.OK.label(),
        ImagesTable.FACES,
        places.length);
    for (double place : places) {
      faces.at(place, "d", uri);
    }
  }

  private static long flip(long hash, int bits) {
    return hash ^ (1L << bits) - 1;
  }

  private Dataset<Row> duplicates() {
    return duplicates(PLAN, 2, 1);
  }

  private Dataset<Row> duplicates(HashPlan plan, int partitions, long order) {
    return new FindDuplicates(spark, RULE, plan, Phases.unwatched(spark, "test"))
        .duplicates(
            images.images(spark, partitions, order),
            faces.faces(spark, partitions, order),
            folder.resolve("search-" + searches++).toUri().toString());
  }

  private List<String> texts() {
    return texts(duplicates().collectAsList());
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                "%s/%s %s %s %s"
                    .formatted(
                        row.getAs(DuplicatesTable.DATASET),
                        row.getAs(DuplicatesTable.URI),
                        row.getAs(DuplicatesTable.KIND),
                        row.getAs(DuplicatesTable.BITS),
                        row.getAs(DuplicatesTable.DISTANCE)))
        .sorted(Comparator.naturalOrder())
        .toList();
  }
}
