package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestData;
import facelake.TestSpark;
import facelake.UserError;
import facelake.model.VerifiedModel;
import facelake.net.Precision;
import facelake.pipeline.Embedder;
import facelake.pipeline.GenderModel;
import facelake.pipeline.Jitter;
import facelake.pipeline.PipelineOptions;
import facelake.step.source.Layout;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.TagVerdict;
import facelake.table.TagsTable;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real photos of five people; the gallery learns of the fifth in a second run. */
class TagIT {
  private static final SparkSession SPARK = TestSpark.session();
  private static final PipelineOptions PIPELINE =
      PipelineOptions.builder().genderModel(GenderModel.defaultFor(Embedder.RESNET_V1)).build();

  @TempDir private static Path temp;
  private static Path gallery;
  private static Lake lake;
  private static TagResult ofFour;
  private static List<String> namedByFour;
  private static TagResult ofFive;

  @BeforeAll
  static void tagTwice() throws IOException {
    Path people = TestData.sharedOrSkip("photos/people");
    gallery = temp.resolve("gallery");
    lake = Lake.at(temp.resolve("lake").toString());
    FileUtils.copyDirectory(people.resolve("train").toFile(), gallery.toFile());
    // Nobody knows whose name a photo of two people has.
    Files.copy(people.resolve("two_people.jpg"), gallery.resolve("obama/two.jpg"));
    FileUtils.deleteDirectory(gallery.resolve("rose_leslie").toFile());
    EmbeddedIndex.run(people.resolve("test"), Layout.FLAT, "mine", lake);
    ofFour = tag(gallery, PIPELINE);
    namedByFour = named();
    FileUtils.copyDirectory(
        people.resolve("train/rose_leslie").toFile(), gallery.resolve("rose_leslie").toFile());
    ofFive = tag(gallery, PIPELINE);
  }

  @Test
  void everyKnownFaceGetsItsNameAndNoneAWrongOne() {
    assertThat(namedByFour)
        .containsExactly(
            "alex_lacamoire1.jpg alex_lacamoire",
            "johnsnow_test1.jpg kit_harington",
            "kit_with_rose.jpg kit_harington",
            "obama1.jpg obama",
            "obama_and_biden.jpg biden",
            "obama_and_biden.jpg obama");
    assertThat(ofFour.galleryFaces())
        .isEqualTo(new TagResult.GalleryCount(7, 4, 1, 0, 0, 0, List.of()));
    assertThat(ofFour.doubtful()).isZero();
  }

  @Test
  void aGrownGalleryIsComparedWithWhatIsNewOfIt() {
    assertThat(named())
        .containsAll(namedByFour)
        .hasSize(namedByFour.size() + 1)
        .contains("kit_with_rose.jpg rose_leslie");
    assertThat(ofFive.compared()).isZero();
    assertThat(ofFive.newFaces()).isEqualTo(2);
    assertThat(ofFive.named()).isEqualTo(7);
  }

  @Test
  void findsThePeopleOfAPhoto() throws IOException {
    Path photo = TestData.sharedOrSkip("photos/people/two_people.jpg");

    SearchResult both = search(photo, OptionalInt.empty());
    assertThat(both.boxes()).hasSize(2);
    assertThat(both.boxes().get(0).left()).isLessThan(both.boxes().get(1).left());
    assertThat(both.searched()).isEqualTo(8 + 7 + 2 + 2);
    List<Row> rows = both.rows().collectAsList();
    assertThat(rows).filteredOn(row -> row.getInt(0) == 1).hasSizeGreaterThan(3);
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.<Float>getAs("distance")).isLessThan(0.6f))
        .filteredOn(row -> row.getAs("name") != null)
        .allSatisfy(
            row ->
                assertThat(row.<String>getAs("name"))
                    .isEqualTo(row.getInt(0) == 1 ? "obama" : "biden"));
    assertThat(rows.get(0).<String>getAs("uri")).endsWith("obama/two.jpg");
    assertThat(rows.get(0).<Float>getAs("distance")).isLessThan(1e-3f);

    List<Row> second = search(photo, OptionalInt.of(2)).rows().collectAsList();
    assertThat(second)
        .isNotEmpty()
        .isEqualTo(rows.stream().filter(row -> row.getInt(0) == 2).toList());
  }

  @Test
  void searchRefusesWhatItCannotLookFor() throws IOException {
    Path photo = TestData.sharedOrSkip("photos/people/two_people.jpg");
    Path text = Files.writeString(temp.resolve("page.jpg"), "<html>");
    Path plain = temp.resolve("plain.bmp");
    writeGray(plain);

    assertRefused(() -> search(photo, OptionalInt.of(3)), "--face is 3, and ", " has 2;");
    assertRefused(() -> search(text, OptionalInt.empty()), "cannot be used: This is no picture");
    assertRefused(
        () -> search(plain, OptionalInt.empty()), "no face was found in --photo", "--crops");
    assertRefused(
        () -> search(temp.resolve("nowhere.jpg"), OptionalInt.empty()), "there is no such file");
  }

  @Test
  void refusesOptionsThatMakeOtherEmbeddings() {
    PipelineOptions jittered =
        PipelineOptions.builder().jitter(new Jitter(2, 0)).precision(Precision.FP32).build();

    assertRefused(
        () -> tag(gallery, jittered),
        "the faces to be tagged have embeddings of resnet-v1:",
        "give the options that they were indexed with: --embedder resnet-v1");
  }

  @Test
  void refusesAnotherFolderUnderTheNameOfAGallery() throws IOException {
    Path other = Files.createDirectories(temp.resolve("other/ann")).getParent();
    Files.copy(TestData.sharedOrSkip("photos/people/two_people.jpg"), other.resolve("ann/two.jpg"));

    assertRefused(
        () -> tag(other, PIPELINE), "dataset gallery has photos of file:", "--gallery-dataset");
  }

  @Test
  void refusesAFolderWithoutPeopleBeforeItStandsInTheLake() throws IOException {
    Path flat = Files.createDirectories(temp.resolve("flat"));
    long images = ImagesTable.open(SPARK, lake).read().count();
    assertRefused(() -> tag(flat, PIPELINE), "No image found in", "nothing is there");

    Files.copy(TestData.sharedOrSkip("photos/people/two_people.jpg"), flat.resolve("two.jpg"));
    assertRefused(() -> tag(flat, PIPELINE), "has no photo in a folder of a person (photos: 1)");
    assertThat(ImagesTable.open(SPARK, lake).read().count()).isEqualTo(images);
  }

  private static void assertRefused(ThrowingCallable call, String... words) {
    assertThatThrownBy(call).isInstanceOf(UserError.class).hasMessageContainingAll(words);
  }

  private static void writeGray(Path file) throws IOException {
    ImageIO.write(new BufferedImage(99, 99, BufferedImage.TYPE_INT_RGB), "bmp", file.toFile());
  }

  private static TagResult tag(Path folder, PipelineOptions pipeline) {
    TagOptions options =
        new TagOptions(
            lake,
            new TagOptions.Gallery.Folder(folder.toString(), "gallery", pipeline, models(pipeline)),
            List.of(),
            DistanceThreshold.fixed(0.6),
            3);
    return new TagJob(SPARK, options, IndexWatcher.NONE).execute();
  }

  private static SearchResult search(Path photo, OptionalInt face) {
    SearchOptions options =
        new SearchOptions(
            lake, photo.toString(), PIPELINE, List.of(), face, DistanceThreshold.fixed(0.6), 20);
    return new SearchJob(SPARK, options, models(PIPELINE), phase -> {}).execute();
  }

  private static List<VerifiedModel> models(PipelineOptions pipeline) {
    return pipeline.models().stream().map(TestData::model).toList();
  }

  /** File and name of each named face, sorted. */
  private static List<String> named() {
    Stream<Row> rows =
        TagsTable.open(SPARK, lake)
            .read()
            .where(col(TagsTable.VERDICT).equalTo(TagVerdict.NAMED.label()))
            .select(TagsTable.URI, TagsTable.PERSON)
            .collectAsList()
            .stream();
    return rows.map(row -> row.getString(0).replaceAll(".*/", "") + " " + row.getString(1))
        .sorted()
        .toList();
  }
}
