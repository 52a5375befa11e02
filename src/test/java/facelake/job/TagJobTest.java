package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import facelake.TestSpark;
import facelake.UserError;
import facelake.job.TagOptions.Gallery;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import facelake.table.TagsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names for planted faces: gallery {@code g} knows some people of dataset {@code a}. */
class TagJobTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final Gallery LABELLED = new Gallery.Labelled(List.of("g"));

  @TempDir private static Path folder;
  private static Lake lake;
  private static TagResult first;

  /** People 0 to 3, a photo of two people under the name of person 0, and one without a name. */
  private static PeopledLake gallery() {
    PeopledLake gallery = new PeopledLake();
    for (int person = 0; person < 4; person++) {
      gallery.person("g", "p" + person, person, 0, 6);
    }
    return gallery
        .person("g", "p0", 0, 7, 8)
        .beside("g", "p0", PeopledLake.uri("g", 0, 7), 3)
        .person("g", null, 5, 0, 1);
  }

  /** Photos of people 0 to 5; in one of person 1, person 1 stands twice, and person 2 beside. */
  private static PeopledLake photos() {
    PeopledLake photos = new PeopledLake();
    for (int person = 0; person < 6; person++) {
      photos.person("a", null, person, 10, 12);
    }
    return photos.beside("a", null, PeopledLake.uri("a", 1, 10), 1);
  }

  @BeforeAll
  static void fillLakeAndTag() {
    lake = Lake.at(folder.resolve(TestSpark.ODD_FOLDER).toString());
    gallery().into(SPARK, lake, 2, 1);
    photos().into(SPARK, lake, 2, 2);
    first = tag(lake, 0.6, 3);
  }

  @Test
  void givesKnownFacesTheirNamesAndOthersNone() {
    Map<String, String> names = names(lake);

    assertThat(names).hasSize(13);
    for (int person = 0; person < 6; person++) {
      for (int photo = 10; photo < 12; photo++) {
        String face = PeopledLake.faceId(PeopledLake.uri("a", person, photo));
        boolean twice = person == 1 && photo == 10;
        if (!twice) {
          assertThat(names.get(face)).isEqualTo(person < 4 ? "p" + person : "unknown");
        }
      }
    }
    assertThat(first.faces()).isEqualTo(13);
    assertThat(first.named()).isEqualTo(8);
    assertThat(first.unknown()).isEqualTo(5);
    assertThat(first.people()).isEqualTo(4);
    assertThat(first.photos()).isEqualTo(8);
    assertThat(first.compared()).isEqualTo(13);
    assertThat(first.galleryFaces())
        .isEqualTo(new TagResult.GalleryCount(24, 4, 0, 0, 0, 1, List.of()));
    assertThat(first.largest()).extracting(TagResult.Person::name).contains("p0");
  }

  @Test
  void givesANameOnceInAPhoto() {
    String uri = PeopledLake.uri("a", 1, 10);

    assertThat(
            List.of(names(lake).get(PeopledLake.faceId(uri)), names(lake).get("face 1 of " + uri)))
        .containsExactlyInAnyOrder("p1", "unknown");
  }

  @Test
  void saysHowNearAndHowLikely() {
    Row row = row(PeopledLake.faceId(PeopledLake.uri("a", 2, 10)));

    assertThat(row.<Float>getAs(TagsTable.DISTANCE)).isBetween(0.2f, 0.4f);
    assertThat(row.<Float>getAs(TagsTable.MARGIN)).isBetween(1f, 2f);
    assertThat(row.<Integer>getAs(TagsTable.VOTES)).isEqualTo(5);
    assertThat(row.<Double>getAs(TagsTable.PROBABILITY)).isCloseTo(1, within(1e-3));
    List<Row> candidates = row.getList(row.fieldIndex(TagsTable.CANDIDATES));
    assertThat(candidates).hasSize(3);
    assertThat(candidates.get(0).getString(0)).isEqualTo("p2");
    Row unknown = row(PeopledLake.faceId(PeopledLake.uri("a", 4, 10)));
    assertThat(unknown.<Float>getAs(TagsTable.DISTANCE)).isGreaterThan(1);
    assertThat(unknown.<Double>getAs(TagsTable.PROBABILITY)).isLessThan(1e-6);
  }

  @Test
  void recordsTheRun() {
    RunRecord run =
        RunsTable.open(SPARK, lake).records().stream()
            .filter(record -> record.command().equals("tag"))
            .findFirst()
            .orElseThrow();

    assertThat(run.dataset()).isEqualTo("a");
    assertThat(run.counts().faces()).isEqualTo(13);
    assertThat(run.options())
        .containsEntry("gallery", "g")
        .containsEntry("threshold", "0.6")
        .containsEntry("top", "3");
    assertThat(run.figures()).containsEntry("gallery_people", 4.0).containsEntry("named", 8.0);
  }

  @Test
  void aFurtherRunGivesTheRowsOfAFreshOne() throws IOException {
    Lake grown = Lake.at(folder.resolve("grown").toString());
    Lake fresh = Lake.at(folder.resolve("fresh").toString());
    for (Lake each : List.of(grown, fresh)) {
      gallery().into(SPARK, each, 2, 1);
      photos().into(SPARK, each, 2, 2);
    }
    tag(grown, 0.6, 3);

    for (Lake each : List.of(grown, fresh)) {
      // Two faces that the gallery had not, of one who was unknown and one who was known.
      new PeopledLake()
          .person("g", "p4", 4, 0, 1)
          .person("g", "p1", 1, 8, 9)
          .into(SPARK, each, 1, 3);
      new PeopledLake().person("a", null, 4, 20, 21).into(SPARK, each, 1, 4);
    }
    TagResult more = tag(grown, 0.6, 3);
    assertThat(more.compared()).isEqualTo(1);
    assertThat(more.newFaces()).isEqualTo(2);
    assertThat(names(grown)).containsEntry(PeopledLake.faceId(PeopledLake.uri("a", 4, 10)), "p4");

    String twin = PeopledLake.uri("g", 3, 0);
    String renamed = PeopledLake.uri("g", 2, 1);
    String again = PeopledLake.uri("a", 0, 10);
    for (Lake each : List.of(grown, fresh)) {
      remove(each, "g", twin);
      new PeopledLake()
          .run("another run")
          .photo("g", "q2", renamed, "bytes of " + renamed, 2, 1)
          .photo("a", null, again, "bytes of " + again, 5, 30)
          .into(SPARK, each, 1, 5);
      remove(each, "a", PeopledLake.uri("a", 5, 11));
      addFaceOfKilledRun(each, PeopledLake.uri("a", 0, 11));
    }
    TagResult less = tag(grown, LABELLED, List.of("a"), calibrated(0.5), 5);
    assertThat(less.compared()).isBetween(3L, 9L);
    assertThat(less.newFaces()).isEqualTo(1);
    assertThat(less.threshold()).isEqualTo(0.5);
    assertThat(tag(fresh, 0.5, 5).compared()).isEqualTo(less.faces()).isEqualTo(13);
    assertThat(rows(grown)).isEqualTo(rows(fresh));
    assertThat(names(grown))
        .hasSize(13)
        .containsEntry(PeopledLake.faceId(again), "unknown")
        .containsEntry(PeopledLake.faceId(PeopledLake.uri("a", 3, 10)), "p3");
  }

  @Test
  void galleriesStandBesideEachOther() {
    new PeopledLake().person("h", "other", 5, 0, 2).into(SPARK, lake, 1, 1);
    List<Row> before = rowsOf("g");

    TagResult result = tag(lake, new Gallery.Labelled(List.of("h")), List.of("a"), "0.6", 3);

    assertThat(result.gallery()).isEqualTo("h");
    assertThat(rowsOf("g")).isEqualTo(before);
    assertThat(rowsOf("h"))
        .filteredOn(row -> "other".equals(row.getAs(TagsTable.PERSON)))
        .hasSize(4);

    // Those that were tagged before stay tagged.
    TagResult more = tag(lake, new Gallery.Labelled(List.of("h")), List.of("g"), "0.6", 3);
    assertThat(more.datasets()).containsExactly("a", "g");
  }

  @Test
  void refusesWhatCannotBeCompared() {
    Lake mixed = Lake.at(folder.resolve("mixed").toString());
    photos().into(SPARK, mixed, 1, 1);
    assertThatThrownBy(() -> tag(mixed, 0.6, 3))
        .isInstanceOf(UserError.class)
        .hasMessage("no face is of dataset 'g'; datasets with faces: a");
    new PeopledLake().embedder("densenet-v1:ab").person("g", "p", 1, 0, 1).into(SPARK, mixed, 1, 1);
    assertThatThrownBy(() -> tag(mixed, 0.6, 3))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(
            "gallery g has embeddings of densenet-v1:ab, and the faces to be tagged of"
                + " resnet-v1:0123456789ab");
    assertThatThrownBy(
            () -> tag(mixed, new Gallery.Labelled(List.of("g", "a")), List.of(), "0.6", 3))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no faces but those of the gallery");
    assertThatThrownBy(() -> tag(mixed, LABELLED, List.of("g"), "0.6", 3))
        .isInstanceOf(UserError.class)
        .hasMessage("dataset g is the gallery, whose faces have names; leave it out of --datasets");
    assertThatThrownBy(() -> tag(mixed, 0.6, 11))
        .isInstanceOf(UserError.class)
        .hasMessage("--top is 11; give 1 to 10, of so many people the nearest face is kept");
  }

  @Test
  void refusesAGalleryWithoutAName() {
    Lake nameless = Lake.at(folder.resolve("nameless").toString());
    photos().into(SPARK, nameless, 1, 1);
    new PeopledLake().person("g", null, 1, 0, 3).into(SPARK, nameless, 1, 1);

    assertThatThrownBy(() -> tag(nameless, 0.6, 3))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no photo of one face with a name")
        .hasMessageContaining("without a name: 3");
  }

  private static String calibrated(double threshold) throws IOException {
    Path file = folder.resolve("calibration.json");
    Files.writeString(
        file,
        "{\"thresholds\": [{\"embedder\": \"resnet-v1:0123456789ab\", \"kind\": \"\", \"group\":"
            + " \"\", \"threshold\": %s}]}".formatted(threshold));
    return "calibrated:" + file;
  }

  private static void addFaceOfKilledRun(Lake lake, String uri) {
    FacesTable faces = FacesTable.open(SPARK, lake);
    faces.append(
        faces
            .read()
            .where(col(FacesTable.URI).equalTo(uri))
            .withColumn(FacesTable.RUN_ID, lit("killed")));
  }

  private static void remove(Lake lake, String dataset, String uri) {
    ImagesTable.open(SPARK, lake)
        .markRemoved(
            dataset,
            SPARK.createDataset(List.of(uri), Encoders.STRING()).toDF(ImagesTable.URI),
            "removing");
  }

  private static TagResult tag(Lake lake, double threshold, int top) {
    return tag(lake, LABELLED, List.of("a"), String.valueOf(threshold), top);
  }

  private static TagResult tag(
      Lake lake, Gallery gallery, List<String> datasets, String threshold, int top) {
    TagOptions options =
        new TagOptions(lake, gallery, datasets, DistanceThreshold.parse(threshold), top);
    return new TagJob(SPARK, options, IndexWatcher.NONE).execute();
  }

  /** All rows in words, without the run. */
  private static List<String> rows(Lake lake) {
    return DedupedLake.rows(lake, TagsTable.NAME);
  }

  private static List<Row> rowsOf(String gallery) {
    return TagsTable.open(SPARK, lake)
        .read()
        .where(col(TagsTable.GALLERY).equalTo(gallery))
        .orderBy(TagsTable.FACE_ID)
        .collectAsList();
  }

  private static Row row(String faceId) {
    return rowsOf("g").stream()
        .filter(row -> row.getAs(TagsTable.FACE_ID).equals(faceId))
        .findFirst()
        .orElseThrow();
  }

  /** The name or the verdict of each face of dataset a, by gallery g. */
  private static Map<String, String> names(Lake lake) {
    Map<String, String> names = new TreeMap<>();
    TagsTable.open(SPARK, lake)
        .read()
        .where(col(TagsTable.GALLERY).equalTo("g").and(col(TagsTable.DATASET).equalTo("a")))
        .collectAsList()
        .forEach(
            row -> {
              String name = row.getAs(TagsTable.PERSON);
              names.put(
                  row.getAs(TagsTable.FACE_ID), name == null ? row.getAs(TagsTable.VERDICT) : name);
            });
    return names;
  }
}
