package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestData;
import facelake.TestSpark;
import facelake.UserError;
import facelake.image.HostileImages;
import facelake.pipeline.PipelineOptions;
import facelake.step.Changes;
import facelake.step.FaultLimits;
import facelake.step.source.Layout;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.RunsTable;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index job from photos to tables, with the real models. */
class IndexIT {
  /** Pictures; the script {@code src/test/scripts/hostile-inputs} indexes many more. */
  private static final int DAMAGED = 500;

  private static SparkSession spark;

  @TempDir private Path temp;
  private Path photos;
  private Lake lake;

  @BeforeAll
  static void session() {
    spark = TestSpark.session();
  }

  /** A folder for each of two people, two photos in each. */
  @BeforeEach
  void copyPhotos() throws IOException {
    photos = temp.resolve("photos");
    lake = Lake.at(temp.resolve("lake").toString());
    for (String person : List.of("John_Salley", "John_Simm")) {
      Path from = TestData.dlibExamples().resolve("johns").resolve(person);
      Path to = Files.createDirectories(photos.resolve(person));
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.sorted().limit(2).toList()) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
  }

  /** A run with everything at its default but what a test changes. */
  private final class Run {
    private List<String> inputs = List.of(photos.toString());
    private Layout layout = Layout.IDENTITY_FOLDERS;
    private PipelineOptions pipeline = PipelineOptions.defaults();
    private String dataset = "johns";
    private int chunk = 3;
    private Changes.Again again = Changes.Again.NONE;
    private IndexOptions.OtherPipeline other = IndexOptions.OtherPipeline.REFUSE;
    private FaultLimits limits = FaultLimits.DEFAULT;

    IndexResult execute() {
      IndexOptions options =
          new IndexOptions(
              inputs,
              dataset,
              lake,
              Optional.ofNullable(layout),
              pipeline,
              chunk,
              again,
              other,
              limits);
      return new IndexJob(
              spark,
              options,
              pipeline.models().stream().map(TestData::model).toList(),
              IndexWatcher.NONE)
          .execute();
    }
  }

  private Dataset<Row> images() {
    return ImagesTable.open(spark, lake).read();
  }

  private Dataset<Row> faces() {
    return FacesTable.open(spark, lake).read();
  }

  /** The number of commits to both tables. */
  private long version() {
    return Stream.of(ImagesTable.NAME, FacesTable.NAME)
        .mapToLong(table -> DeltaTable.forPath(spark, lake.path(table)).history().count())
        .sum();
  }

  private Map<String, String> statusByName() {
    return images().collectAsList().stream()
        .collect(
            Collectors.toMap(
                row -> name(row.getAs(ImagesTable.URI)),
                row -> {
                  String failure = row.getAs(ImagesTable.FAILURE_CLASS);
                  return failure == null ? row.getAs(ImagesTable.STATUS) : failure;
                },
                (a, b) -> a,
                TreeMap::new));
  }

  private static String name(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  @Test
  void writesARowForEachImageAndFaceAndDoesNothingTheSecondTime() {
    IndexResult first = new Run().execute();
    assertThat(first.images()).isEqualTo(4);
    assertThat(first.faces()).isGreaterThanOrEqualTo(4);
    assertThat(first.failures()).isEmpty();
    assertThat(faces().count()).isEqualTo(first.faces());

    Row face = faces().first();
    assertThat(face.<String>getAs(FacesTable.IDENTITY)).startsWith("John_");
    assertThat(face.<String>getAs(FacesTable.EMBEDDER)).isEqualTo("resnet-v1:55533b28a958");
    assertThat(face.getList(face.fieldIndex(FacesTable.EMBEDDING))).hasSize(128);
    assertThat(face.<String>getAs(FacesTable.PIPELINE)).isEqualTo(first.pipeline());

    long version = version();
    IndexResult second = new Run().execute();
    assertThat(second.isNothingToDo()).isTrue();
    assertThat(second.unchanged()).isEqualTo(4);
    assertThat(version()).isEqualTo(version);
    assertThat(RunsTable.open(spark, lake).records()).hasSize(1);
    assertThat(RunsTable.open(spark, lake).records().get(0).counts().images()).isEqualTo(4);
  }

  @Test
  void addsReplacesAndMarks() throws IOException {
    new Run().execute();
    List<Path> files;
    try (Stream<Path> found = Files.list(photos.resolve("John_Simm"))) {
      files = found.sorted().toList();
    }
    Path replaced = files.get(0);
    Path gone = files.get(1);
    Files.delete(gone);
    Path other = TestData.dlibExamples().resolve("faces/bald_guys.jpg");
    Files.write(replaced, Files.readAllBytes(other));
    Files.write(photos.resolve("new.jpg"), "no picture".getBytes(StandardCharsets.UTF_8));

    IndexResult result = new Run().execute();
    assertThat(result.images()).isEqualTo(2);
    assertThat(result.unchanged()).isEqualTo(2);
    assertThat(result.removed()).isEqualTo(1);
    assertThat(result.faces()).isEqualTo(24);
    assertThat(statusByName())
        .containsEntry(gone.getFileName().toString(), "removed")
        .containsEntry(replaced.getFileName().toString(), "ok")
        .containsEntry("new.jpg", "not-an-image");
    assertThat(facesOf(gone)).isZero();
    assertThat(facesOf(replaced)).isEqualTo(24);
    assertThat(images().count()).isEqualTo(5);

    Files.write(gone, Files.readAllBytes(replaced));
    assertThat(new Run().execute().images()).isEqualTo(1);
    assertThat(statusByName()).containsEntry(gone.getFileName().toString(), "ok");
  }

  private long facesOf(Path file) {
    return faces().where(col(FacesTable.URI).endsWith(file.getFileName().toString())).count();
  }

  @Test
  void anotherInputOfADatasetRemovesNothingOfTheFirst() {
    new Run().execute();
    Run one = new Run();
    one.inputs = List.of(TestData.dlibExamples().resolve("faces/dogs.jpg").toString());
    one.layout = Layout.FLAT;
    IndexResult result = one.execute();
    assertThat(result.images()).isEqualTo(1);
    assertThat(result.removed()).isZero();
    assertThat(result.noFace()).isEqualTo(1);
    assertThat(statusByName().values()).doesNotContain("removed");
  }

  @Test
  void badInputGetsARow() throws IOException {
    Path good = TestData.dlibExamples().resolve("faces/Tom_Cruise_avp_2014_4.jpg");
    byte[] jpeg = Files.readAllBytes(good);
    Path bad = Files.createDirectories(temp.resolve("bad"));
    Files.write(bad.resolve("empty.jpg"), new byte[0]);
    Files.writeString(bad.resolve("text.jpg"), "<html>not found</html>");
    Files.write(bad.resolve("cut.jpg"), java.util.Arrays.copyOf(jpeg, jpeg.length / 2));
    Files.write(bad.resolve("photo.heic"), heic());
    Files.createSymbolicLink(bad.resolve("dangling.jpg"), bad.resolve("nowhere"));
    Files.write(bad.resolve("good.jpg"), jpeg);
    Files.writeString(bad.resolve("notes.txt"), "left out");

    Run run = new Run();
    run.inputs = List.of(bad.toString());
    run.layout = null;
    IndexResult result = run.execute();
    assertThat(statusByName())
        .containsEntry("empty.jpg", "not-an-image")
        .containsEntry("text.jpg", "not-an-image")
        .containsEntry("cut.jpg", "truncated")
        .containsEntry("photo.heic", "unsupported")
        .containsEntry("dangling.jpg", "unreadable")
        .containsEntry("good.jpg", "ok")
        .doesNotContainKey("notes.txt");
    assertThat(result.failed()).isEqualTo(5);
    assertThat(result.failures()).containsEntry("not-an-image", 2L);
    assertThat(result.skipped()).containsEntry(".txt", 1L);

    assertThat(run.execute().isNothingToDo()).isTrue();
    run.again = Changes.Again.FAILED;
    assertThat(run.execute().images()).isEqualTo(5);
  }

  @Test
  void everyDamagedPictureGetsARow() throws IOException {
    Path bad = Files.createDirectories(temp.resolve("bad"));
    HostileImages images = new HostileImages(2);
    for (int place = 0; place < DAMAGED; place++) {
      HostileImages.HostileImage image = images.get(place);
      Files.write(bad.resolve(image.name()), image.bytes());
    }
    Run run = new Run();
    run.inputs = List.of(bad.toString());
    run.layout = Layout.FLAT;
    run.chunk = DAMAGED;

    assertThat(run.execute().images()).isEqualTo(DAMAGED);
    assertThat(statusByName()).hasSize(DAMAGED);
    assertThat(statusByName().values())
        .isSubsetOf("ok", "no-face", "not-an-image", "truncated", "too-large", "unsupported");
  }

  private static byte[] heic() {
    byte[] file = new byte[64];
    byte[] head = "\0\0\0\030ftypheic".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(head, 0, file, 0, head.length);
    return file;
  }

  @Test
  void photosOverTheLimitAreRefused() {
    Run run = new Run();
    run.pipeline = PipelineOptions.builder().maxPixels(1000).build();
    assertThat(run.execute().failures()).containsOnly(Map.entry("too-large", 4L));
    assertThat(images().first().<String>getAs(ImagesTable.FAILURE_MESSAGE))
        .contains("--max-pixels");
  }

  @Test
  void tarAndTableGiveTheSameFacesAsFiles() throws IOException {
    new Run().execute();
    Path tar = temp.resolve("johns.tar");
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar));
        Stream<Path> files = Files.walk(photos)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putArchiveEntry(new TarArchiveEntry(file.toFile(), photos.relativize(file).toString()));
        Files.copy(file, out);
        out.closeArchiveEntry();
      }
    }
    Run fromTar = new Run();
    fromTar.inputs = List.of(tar.toString());
    fromTar.layout = null;
    fromTar.dataset = "tar";
    fromTar.execute();

    Path table = temp.resolve("table");
    writeTable(table);
    Run fromTable = new Run();
    fromTable.inputs = List.of(table.toString());
    fromTable.layout = null;
    fromTable.dataset = "table";
    fromTable.execute();

    List<Row> files = facesOfDataset("johns");
    assertThat(files).isNotEmpty();
    assertThat(facesOfDataset("tar")).isEqualTo(files);
    assertThat(facesOfDataset("table")).isEqualTo(files);
  }

  private void writeTable(Path table) throws IOException {
    StructType schema =
        new StructType()
            .add("uri", DataTypes.StringType)
            .add("content", DataTypes.BinaryType)
            .add("identity", DataTypes.StringType);
    List<Row> rows;
    try (Stream<Path> files = Files.walk(photos)) {
      rows = files.filter(Files::isRegularFile).map(IndexIT::tableRow).toList();
    }
    spark.createDataFrame(rows, schema).write().format("delta").save(table.toString());
  }

  private static Row tableRow(Path file) {
    try {
      return RowFactory.create(
          "photo:" + file.getFileName(),
          Files.readAllBytes(file),
          file.getParent().getFileName().toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What does not depend on where a photo was. */
  private List<Row> facesOfDataset(String dataset) {
    return faces()
        .where(col(FacesTable.DATASET).equalTo(dataset))
        .select(
            FacesTable.IMAGE_ID,
            FacesTable.IDENTITY,
            FacesTable.BOX,
            FacesTable.LANDMARKS,
            FacesTable.SHARPNESS,
            FacesTable.EMBEDDING)
        .orderBy(FacesTable.IMAGE_ID, FacesTable.BOX + "." + FacesTable.LEFT)
        .collectAsList();
  }

  @Test
  void refusesToMixPipelinesUnlessToldToReindex() {
    new Run().execute();
    Run other = new Run();
    other.pipeline = minFace(200);
    assertThatThrownBy(other::execute)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("dataset johns holds 4 images of another pipeline")
        .hasMessageContaining("--reindex");
    long before = faces().count();
    other.other = IndexOptions.OtherPipeline.REINDEX;
    IndexResult result = other.execute();
    assertThat(result.images()).isEqualTo(4);
    assertThat(faces().count()).isEqualTo(result.faces()).isLessThan(before);
    assertThat(images().select(ImagesTable.PIPELINE).distinct().count()).isEqualTo(1);
  }

  private static PipelineOptions minFace(int pixels) {
    return PipelineOptions.builder().minFace(pixels).build();
  }

  @Test
  void cropsAlwaysHaveOneFace() throws IOException {
    Path crops = Files.createDirectories(temp.resolve("crops"));
    Files.copy(TestData.dlibExamples().resolve("faces/dogs.jpg"), crops.resolve("dogs.jpg"));
    Files.copy(
        TestData.dlibExamples().resolve("faces/bald_guys.jpg"), crops.resolve("bald_guys.jpg"));
    Run run = new Run();
    run.inputs = List.of(crops.toString());
    run.layout = Layout.FLAT;
    run.pipeline =
        PipelineOptions.builder().maxSide(800).framing(PipelineOptions.Framing.CROPS).build();
    assertThat(run.execute().faces()).isEqualTo(2);
    List<Row> centred = faces().where(col(FacesTable.BOX_SOURCE).equalTo("centre")).collectAsList();
    assertThat(centred)
        .isNotEmpty()
        .allSatisfy(face -> assertThat(face.<Float>getAs(FacesTable.DETECTION_SCORE)).isNull());
  }

  @Test
  void unusableInputsAndLakesAreRefused() throws IOException {
    Run missing = new Run();
    missing.inputs = List.of(temp.resolve("nowhere").toString());
    assertThatThrownBy(missing::execute)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nowhere");
    assertThat(Files.exists(temp.resolve("lake"))).isFalse();

    Files.writeString(temp.resolve("file"), "in the way");
    lake = Lake.at(temp.resolve("file").toString());
    assertThatThrownBy(new Run()::execute)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot write lake");
  }
}
