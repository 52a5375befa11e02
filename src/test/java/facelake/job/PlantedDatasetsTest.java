package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import facelake.eval.PlantedTruth;
import facelake.pipeline.PipelineOptions;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.RunsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of planted datasets, without copies of photos, from a lake of drawn rows. */
class PlantedDatasetsTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final Planting PLANTING =
      new Planting(OptionalInt.empty(), 0.5, 0.1, 0.2, 0, 1, 5);

  @TempDir private static Path temp;
  private static Lake lake;
  private static PlantedResult result;

  /**
   * 20 people of 1 to 4 photos. The first photo of each has a small face in a corner too, and the
   * last photo of those with four a smaller face in the centre.
   */
  @BeforeAll
  static void plant() {
    lake = Lake.at(temp.resolve("lake").toString());
    List<Row> images = new ArrayList<>();
    List<Row> faces = new ArrayList<>();
    for (int person = 0; person < 20; person++) {
      for (int photo = 0; photo <= person % 4; photo++) {
        String uri = "file:/photos/" + person + "/" + photo + ".jpg";
        images.add(image(uri, "person " + person, "ok"));
        faces.add(face(uri, "person " + person, 50, "run"));
        if (photo == 0) {
          faces.add(face(uri, "person " + person, 20, "run"));
        }
        if (photo == 3) {
          faces.add(face(uri, "person " + person, 30, "run"));
        }
      }
    }
    images.add(image("file:/nobody.jpg", null, "ok"));
    faces.add(face("file:/nobody.jpg", null, 50, "run"));
    images.add(image("file:/photos/3/bad.jpg", "person 3", "no-face"));
    faces.add(face("file:/photos/3/0.jpg", "person 3", 60, "killed run"));
    ImagesTable.create(SPARK, lake)
        .upsert("all", SPARK.createDataFrame(images, ImagesTable.SCHEMA));
    FacesTable.create(SPARK, lake).append(SPARK.createDataFrame(faces, FacesTable.SCHEMA));
    result = plant("planted", PLANTING, 3);
  }

  @Test
  void takesThePhotosWithFacesAndIdentities() {
    assertThat(result.people()).isEqualTo(20);
    assertThat(result.inBoth()).isEqualTo(8);
    assertThat(result.photos()).isEqualTo(50);
    assertThat(result.truth().faces()).hasSize(75);
    assertThat(images("planted").count()).isEqualTo(50);
    assertThat(faces("planted").count()).isEqualTo(75);
    assertThat(faces("planted").select(FacesTable.FACE_ID).distinct().count()).isEqualTo(75);
  }

  @Test
  void facesAndImagesOfAPhotoHaveOneDatasetNameAndRun() {
    String[] key = {ImagesTable.DATASET, ImagesTable.URI, ImagesTable.IDENTITY, ImagesTable.RUN_ID};
    assertThat(faces("planted").join(images("planted"), key, "left_anti").isEmpty()).isTrue();
    for (PlantedSide side : PlantedSide.values()) {
      FacesTable.open(SPARK, planted("planted")).deleteOrphans(side.dataset());
    }
    assertThat(faces("planted").count()).isEqualTo(75);
  }

  @Test
  void theTruthIsOfTheTables() {
    Map<String, Row> faces =
        faces("planted").collectAsList().stream()
            .collect(Collectors.toMap(row -> row.getAs(FacesTable.FACE_ID), row -> row));

    assertThat(result.truth().faces())
        .allSatisfy(
            face -> {
              Row row = faces.get(face.faceId());
              assertThat(face.identity()).isEqualTo(row.getAs(FacesTable.IDENTITY));
              assertThat(face.dataset()).isEqualTo(row.getAs(FacesTable.DATASET));
              int person = Integer.parseInt(face.uri().split("/")[2]);
              assertThat(face.person())
                  .isEqualTo(
                      row.<Integer>getAs(FacesTable.SIZE) == 50 && !face.uri().endsWith("/3.jpg")
                          ? "person " + person
                          : null);
            });
    assertThat(result.wrongLabels()).isEqualTo(5);
    assertThat(result.truth().identities()).hasSize((int) result.identities());
  }

  @Test
  void writesTheTruthAndItsOptions() throws IOException {
    PlantedTruth written =
        PlantedTruth.read(
            name -> Files.newBufferedReader(temp.resolve("planted/truth").resolve(name)));

    assertThat(written).isEqualTo(result.truth());
    assertThat(RunsTable.open(SPARK, planted("planted")).records())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.command()).isEqualTo("plant");
              assertThat(run.options()).containsEntry("wrong-labels", "0.1");
            });
  }

  @Test
  void isTheSameForAnyPartitions() {
    PlantedResult again = plant("again", PLANTING, 1);

    assertThat(again.truth()).isEqualTo(result.truth());
  }

  @Test
  void refusesAFolderInUse() {
    assertThatThrownBy(() -> plant("planted", PLANTING, 3))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("planted/lake is there already; name a new folder");
  }

  @Test
  void refusesCopiesByAnotherPipelineBeforeItWrites() {
    assertThatThrownBy(() -> plant("copied", Planting.defaults(), 3))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "dataset all was indexed by pipeline pipeline, and copies would be by [0-9a-f]{16};.*");
    assertThat(temp.resolve("copied")).doesNotExist();
  }

  @Test
  void refusesADatasetWithoutIdentities() {
    PlantingOptions options =
        new PlantingOptions(
            lake,
            "none",
            temp.resolve("none").toString(),
            Optional.empty(),
            PLANTING,
            PipelineOptions.defaults());

    assertThatThrownBy(() -> new PlantedDatasets(SPARK, options, List.of(), phase -> {}).execute())
        .hasMessageStartingWith("dataset none of lake ")
        .hasMessageContaining("has no identity with enough photos with faces");
  }

  private static PlantedResult plant(String folder, Planting planting, int partitions) {
    String before = SPARK.conf().get("spark.sql.shuffle.partitions");
    SPARK.conf().set("spark.sql.shuffle.partitions", partitions);
    try {
      PlantingOptions options =
          new PlantingOptions(
              lake,
              "all",
              temp.resolve(folder).toString(),
              Optional.empty(),
              planting,
              PipelineOptions.defaults());
      return new PlantedDatasets(SPARK, options, List.of(), phase -> {}).execute();
    } finally {
      SPARK.conf().set("spark.sql.shuffle.partitions", before);
    }
  }

  private static Lake planted(String folder) {
    return Lake.at(temp.resolve(folder).resolve("lake").toString());
  }

  private static Dataset<Row> images(String folder) {
    return ImagesTable.open(SPARK, planted(folder)).read();
  }

  private static Dataset<Row> faces(String folder) {
    return FacesTable.open(SPARK, planted(folder)).read();
  }

  private static Row image(String uri, String identity, String status) {
    Map<String, Object> values = new HashMap<>();
    values.put(ImagesTable.DATASET, "all");
    values.put(ImagesTable.URI, uri);
    values.put(ImagesTable.SOURCE, "file:/photos");
    values.put(ImagesTable.SOURCE_VERSION, "1");
    values.put(ImagesTable.IMAGE_ID, "hash of " + uri);
    values.put(ImagesTable.IDENTITY, identity);
    values.put(ImagesTable.STATUS, status);
    values.put(ImagesTable.FACES, 1);
    values.put(ImagesTable.PIPELINE, "pipeline");
    values.put(ImagesTable.RUN_ID, "run");
    values.put(ImagesTable.PROCESSED_AT, new Timestamp(0));
    return row(ImagesTable.SCHEMA, values);
  }

  private static Row face(String uri, String identity, int size, String run) {
    Map<String, Object> values = new HashMap<>();
    values.put(FacesTable.FACE_ID, size + " in " + uri);
    values.put(FacesTable.DATASET, "all");
    values.put(FacesTable.URI, uri);
    values.put(FacesTable.IMAGE_ID, "hash of " + uri);
    values.put(FacesTable.IDENTITY, identity);
    values.put(FacesTable.IMAGE_WIDTH, 100);
    values.put(FacesTable.IMAGE_HEIGHT, 100);
    int from = size == 30 ? 35 : 0;
    values.put(FacesTable.BOX, RowFactory.create(from, from, from + size - 1, from + size - 1));
    values.put(FacesTable.BOX_SOURCE, "detector");
    values.put(FacesTable.LANDMARKS, List.of(RowFactory.create(1, 2)));
    values.put(FacesTable.SIZE, size);
    values.put(FacesTable.SHARPNESS, 1f);
    values.put(FacesTable.POSE, RowFactory.create(0f, 0f));
    values.put(FacesTable.EMBEDDER, "resnet-v1:0123456789ab");
    values.put(FacesTable.PIPELINE, "pipeline");
    values.put(FacesTable.RUN_ID, run);
    values.put(FacesTable.EMBEDDING, Collections.nCopies(FacesTable.EMBEDDING_LENGTH, 0.1f));
    return row(FacesTable.SCHEMA, values);
  }

  private static Row row(StructType schema, Map<String, Object> values) {
    return RowFactory.create(
        Arrays.stream(schema.fields()).map(StructField::name).map(values::get).toArray());
  }
}
