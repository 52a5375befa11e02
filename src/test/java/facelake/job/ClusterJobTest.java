package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import facelake.match.PhotoRule;
import facelake.step.PlantedFaces;
import facelake.step.cells.CellPlan;
import facelake.table.FacesTable;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterJobTest {
  private static final String BALD = "file:/photos/bald_guys.jpg";

  private static final SparkSession SPARK = TestSpark.session();

  /** Two datasets of one embedder, which share the file name of a photo. */
  @TempDir private static Path folder;

  private static Lake lake;
  private static ClusterResult ofA;

  @BeforeAll
  static void fillLakeAndClusterADataset() {
    lake =
        lake(
            "lake",
            1,
            new PlantedFaces()
                .person("a", "file:/photos/1.jpg", "file:/photos/2.jpg", "file:/photos/3.jpg")
                .person("a", "file:/photos/2.jpg", "file:/photos/4.jpg")
                .person("a", "file:/photos/1.jpg")
                .at(10, "b", BALD)
                .at(10.1, "b", BALD)
                .at(20, "b", BALD)
                .at(10.2, "b", "file:/others/1.jpg"));
    ofA = cluster(of("a"));
  }

  @Test
  void writesThePeopleOfADataset() {
    assertThat(ofA.scope()).isEqualTo("dataset:a");
    assertThat(ofA.faces()).isEqualTo(6);
    assertThat(ofA.people()).isEqualTo(3);
    assertThat(ofA.singletons()).isEqualTo(1);
    assertThat(ofA.groups()).isEqualTo(2);
    assertThat(ofA.largest()).extracting(ClusterResult.Person::size).containsExactly(3, 2);
    assertThat(ofA.largest().get(0).exampleUri()).isEqualTo("file:/photos/1.jpg");
    assertThat(people("dataset:a"))
        .hasSize(6)
        .allSatisfy(
            row -> {
              assertThat(row.<Float>getAs(PeopleTable.THRESHOLD)).isEqualTo(0.6f);
              assertThat(row.<String>getAs(PeopleTable.EMBEDDER)).isEqualTo(PlantedFaces.EMBEDDER);
              assertThat(row.<String>getAs(PeopleTable.DATASET)).isEqualTo("a");
            });
  }

  @Test
  void replacesThePeopleOfTheScopeAndLeavesOthersAlone() {
    List<Row> rowsBefore = people("dataset:a");
    List<String> idsBefore = ids("dataset:a");
    cluster(of("b"));
    assertThat(people("dataset:a")).isEqualTo(rowsBefore);

    cluster(of("a"));
    assertThat(ids("dataset:a")).isEqualTo(idsBefore);
    assertThat(people("dataset:a")).doesNotContainAnyElementsOf(rowsBefore);
  }

  @Test
  void groupsTheWholeLakeWhereNothingIsChosen() {
    ClusterResult result =
        cluster(options(Optional.empty(), Optional.empty(), PhotoRule.ONCE_A_PHOTO));

    assertThat(result.scope()).isEqualTo("all");
    assertThat(result.faces()).isEqualTo(10);
  }

  @Test
  void groupsTheFacesOfOnePhotoThatIsNamedByTheEndOfItsUri() {
    ClusterResult apart = cluster(ofImage("bald_guys.jpg", PhotoRule.ONCE_A_PHOTO));
    ClusterResult collage = cluster(ofImage("photos/bald_guys.jpg", PhotoRule.ANY_NUMBER));

    assertThat(apart.scope()).isEqualTo("image:" + BALD);
    assertThat(apart.people()).isEqualTo(3);
    assertThat(collage.people()).isEqualTo(2);
    assertThat(people("image:" + BALD)).hasSize(3);
  }

  @Test
  void takesAPathForTheNameOfAPhoto() {
    FacesTable faces = FacesTable.open(SPARK, lake);

    assertThat(
            FaceSelection.of(faces.read(), Optional.empty(), Optional.of("/photos/bald_guys.jpg"))
                .scope())
        .isEqualTo("image:" + BALD);
  }

  @Test
  void recordsTheRun() {
    String runId = people("dataset:a").get(0).getAs(PeopleTable.RUN_ID);
    RunRecord run =
        RunsTable.open(SPARK, lake).records().stream()
            .filter(record -> record.runId().equals(runId))
            .findFirst()
            .orElseThrow();
    assertThat(run.command()).isEqualTo("cluster");
    assertThat(run.dataset()).isEqualTo("a");
    assertThat(run.counts().faces()).isEqualTo(6);
    assertThat(run.options()).containsEntry("threshold", "0.6").containsEntry("seed", "0");
  }

  @Test
  void leavesNothingButTablesInTheLake() {
    assertThat(DedupedLake.folder(lake).list())
        .containsExactlyInAnyOrder("faces", "people", "runs");
  }

  @Test
  void writesIntoATableOfAnOlderVersion() {
    Lake old = lake("an old lake", 1, new PlantedFaces().at(1, "a", "x").at(1.1, "a", "y"));
    PeopleTable.open(SPARK, lake)
        .read()
        .drop(PeopleTable.IDENTITY, PeopleTable.PART, PeopleTable.ROLE)
        .write()
        .format("delta")
        .save(old.path(PeopleTable.NAME));
    cluster(all(old));

    assertThat(
            PeopleTable.open(SPARK, old)
                .read()
                .where(col(PeopleTable.SCOPE).equalTo("all"))
                .select(PeopleTable.FACE_ID, PeopleTable.IDENTITY, PeopleTable.ROLE)
                .collectAsList())
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.isNullAt(1) && row.isNullAt(2)).isTrue());
  }

  @Test
  void rejectsAnUnknownDataset() {
    assertThatThrownBy(() -> cluster(of("c")))
        .isInstanceOf(UserError.class)
        .hasMessage("no face is of dataset 'c'; datasets with faces: a, b");
  }

  @Test
  void rejectsAnUnknownPhotoAndNamesNearOnes() {
    assertThatThrownBy(() -> cluster(ofImage("bold_guys.jpg", PhotoRule.ANY_NUMBER)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("no photo with faces is called 'bold_guys.jpg'; give its uri")
        .hasMessageContaining("the nearest are " + BALD + ", ");
  }

  @Test
  void rejectsANameOfSeveralPhotos() {
    assertThatThrownBy(() -> cluster(ofImage("1.jpg", PhotoRule.ANY_NUMBER)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "'1.jpg' fits more than one photo, such as file:/others/1.jpg, file:/photos/1.jpg;"
                + " give more of the uri");
  }

  @Test
  void rejectsEmbeddingsOfTwoModels() {
    Lake mixed =
        lake(
            "mixed",
            2,
            new PlantedFaces()
                .at(1, "a", "x")
                .at(2, "a", "y")
                .at(3, "b", "z", "densenet-v1:ba9876543210"));

    assertThatThrownBy(() -> cluster(all(mixed)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "embeddings of different models or precisions cannot be compared, and scope all has 1"
                + " faces of densenet-v1:ba9876543210 (b) and 2 faces of resnet-v1:0123456789ab (a);"
                + " choose datasets of one kind, or index the others again (index --reindex) with"
                + " the same --embedder and --precision");
  }

  @Test
  void rejectsALakeWithoutFaces() {
    Lake empty = Lake.at(folder.resolve("empty").toString());
    FacesTable.create(SPARK, empty);

    assertThatThrownBy(() -> cluster(all(empty)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("scope all has no faces; index photos first");
  }

  @Test
  void rejectsAFolderThatIsNoLake() {
    Lake none = Lake.at(folder.resolve("none").toString());

    assertThatThrownBy(() -> cluster(all(none)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no table 'faces'");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  private static Lake lake(String name, int partitions, PlantedFaces planted) {
    Lake made = Lake.at(folder.resolve(name + TestSpark.ODD_FOLDER).toString());
    FacesTable.create(SPARK, made).append(planted.faces(SPARK, partitions, 1));
    return made;
  }

  private static ClusterResult cluster(ClusterOptions options) {
    return new ClusterJob(SPARK, options, phase -> {}).execute();
  }

  private static ClusterOptions of(String dataset) {
    return options(Optional.of(dataset), Optional.empty(), PhotoRule.ONCE_A_PHOTO);
  }

  private static ClusterOptions ofImage(String image, PhotoRule rule) {
    return options(Optional.empty(), Optional.of(image), rule);
  }

  private static ClusterOptions options(
      Optional<String> dataset, Optional<String> image, PhotoRule rule) {
    return new ClusterOptions(
        lake, dataset, image, DistanceThreshold.fixed(0.6), rule, 0, CellPlan.EXACT_UP_TO);
  }

  private static ClusterOptions all(Lake other) {
    return new ClusterOptions(
        other,
        Optional.empty(),
        Optional.empty(),
        DistanceThreshold.fixed(0.6),
        PhotoRule.ONCE_A_PHOTO,
        0,
        CellPlan.EXACT_UP_TO);
  }

  private static List<Row> people(String scope) {
    return PeopleTable.open(SPARK, lake)
        .read()
        .where(col(PeopleTable.SCOPE).equalTo(scope))
        .orderBy(PeopleTable.FACE_ID)
        .collectAsList();
  }

  private static List<String> ids(String scope) {
    return people(scope).stream()
        .map(row -> row.getAs(PeopleTable.FACE_ID) + " " + row.getAs(PeopleTable.PERSON_ID))
        .toList();
  }
}
