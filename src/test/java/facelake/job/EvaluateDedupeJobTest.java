package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import facelake.TestSpark;
import facelake.UserError;
import facelake.eval.PrecisionRecall;
import facelake.eval.Proportion;
import facelake.pipeline.PipelineOptions;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores of a lake whose people are far apart, so that dedupe makes no mistake. */
class EvaluateDedupeJobTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final int PEOPLE = 20;
  private static final int PHOTOS = 4;

  @TempDir private static Path temp;
  private static Lake lake;
  private static EvaluateDedupeResult result;

  /** 20 people of 4 photos, of which person 1 has two names, and person 2 is not who it says. */
  @BeforeAll
  static void evaluate() throws IOException {
    lake = Lake.at(temp.resolve("lake").toString());
    List<Row> images = new ArrayList<>();
    List<Row> faces = new ArrayList<>();
    Random random = new Random(3);
    for (int person = 0; person < PEOPLE; person++) {
      float[] centre = gaussian(random, 1.4);
      for (int photo = 0; photo < PHOTOS; photo++) {
        String name = person == 1 && photo >= 2 ? "alias" : "person-" + person;
        String uri = "file:/photos/" + person + "/" + photo + ".jpg";
        images.add(image(uri, name));
        faces.add(face(uri, name, centre, gaussian(random, 0.2)));
      }
    }
    ImagesTable.create(SPARK, lake)
        .upsert("all", SPARK.createDataFrame(images, ImagesTable.SCHEMA));
    FacesTable.create(SPARK, lake).append(SPARK.createDataFrame(faces, FacesTable.SCHEMA));
    result =
        evaluate(
            "all", "scores", csv("people.csv", "identity,person\nalias,person-1\nperson-2,\n"));
  }

  @Test
  void plantsWhatIsKnownOfPeople() {
    PlantedResult planted = result.planted().orElseThrow();

    assertThat(planted.people()).isEqualTo(PEOPLE - 1);
    assertThat(planted.inBoth()).isEqualTo(PEOPLE - 1);
    assertThat(planted.photos()).isEqualTo(PHOTOS * (PEOPLE - 1));
    assertThat(planted.truth().faces())
        .noneMatch(face -> face.person().equals("alias") || face.person().equals("person-2"));
  }

  @Test
  void findsEverybody() {
    int people = PEOPLE - 1;

    assertThat(result.scores().people().pairs()).isEqualTo(new PrecisionRecall(people * 6, 0, 0));
    assertThat(result.scores().people().bcubedF1()).isEqualTo(1);
    assertThat(result.scores().matches()).isEqualTo(new PrecisionRecall(people, 0, 0));
    assertThat(result.scores().labelIssues()).isEqualTo(new PrecisionRecall(0, 0, 0));
    assertThat(result.ranking().truePairs()).isEqualTo(people);
    assertThat(result.ranking().ranked().trueBeforeFirstFalse()).isEqualTo(people);
    assertThat(result.ranking().surestMissed(5)).isEmpty();
  }

  @Test
  void writesFiguresAndLists() throws IOException {
    JsonNode scores = new ObjectMapper().readTree(temp.resolve("scores/scores.json").toFile());

    assertThat(scores.at("/planted/people").asInt()).isEqualTo(PEOPLE - 1);
    assertThat(scores.at("/identities/same/recall/value").asDouble()).isEqualTo(1);
    assertThat(scores.at("/identities/same/recall/lower").asDouble())
        .isEqualTo(new Proportion(PEOPLE - 1, PEOPLE - 1).lower());
    assertThat(scores.at("/labels/issues/f1").isNull()).isTrue();
    assertThat(Files.readAllLines(temp.resolve("scores/matches.csv")))
        .filteredOn(line -> line.contains(",same,"))
        .hasSize(PEOPLE - 1)
        .allMatch(line -> line.contains(",true,file:/photos/"));
    assertThat(temp.resolve("scores/label-issues.csv")).exists();
    assertThat(result.files()).hasSize(3);
  }

  @Test
  void scoresTheSameTablesAgainstATruthOfItsOwn() {
    EvaluateDedupeResult own =
        against(temp.resolve("scores/truth/identities.csv").toString(), "own");

    assertThat(own.planted()).isEmpty();
    assertThat(own.scores().people()).isEqualTo(result.scores().people());
    assertThat(own.scores().matches()).isEqualTo(result.scores().matches());
    assertThat(own.files()).hasSize(2);
    assertThat(temp.resolve("own/label-issues.csv")).doesNotExist();
  }

  @Test
  void scoresWhatTheTruthCovers() throws IOException {
    List<String> lines = Files.readAllLines(temp.resolve("scores/truth/identities.csv"));
    String ofOne = lines.stream().filter(line -> line.endsWith(",person-5")).findFirst().get();
    String ofTwo = lines.stream().filter(line -> line.endsWith(",person-6")).findFirst().get();
    String some = String.join("\n", lines.get(0), ofOne, ofTwo.replace("person-6", "person-5"), "");

    EvaluateDedupeResult own = against(csv("some.csv", some), "some");

    // Two faces each, of one dataset, that are said to be one person.
    assertThat(own.scores().people().pairs()).isEqualTo(new PrecisionRecall(2, 0, 4));
    assertThat(own.ranking().truePairs()).isZero();
  }

  @Test
  void refusesUnknownDatasetsAndIdentitiesWithTheNearestName() throws IOException {
    assertThatThrownBy(() -> evaluate("al", "unknown", null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no face is of dataset 'al'; did you mean all?");
    String people = csv("typo.csv", "identity,person\nperson_7,person-8\n");
    assertThatThrownBy(() -> evaluate("all", "unknown", people))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("dataset 'all' has no identity 'person_7'; did you mean person-7?");
    String truth = csv("typos.csv", "dataset,identity,person\nlefd,x,Ann\n");
    assertThatThrownBy(() -> against(truth, "unknown"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the lake has no dataset 'lefd'; did you mean left?");
    assertThatThrownBy(() -> against("nowhere.csv", "unknown"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nowhere.csv: there is no such file");
    assertThat(temp.resolve("unknown")).doesNotExist();
  }

  @Test
  void refusesAFolderInUseAndALakeThatWasNotResolved() {
    assertThatThrownBy(() -> evaluate("all", "scores", null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("scores is there already; name a new folder");
    EvaluateDedupeOptions options =
        new EvaluateDedupeOptions.OwnTruth(lake, "who.csv", temp.resolve("early").toString());
    assertThatThrownBy(() -> execute(options))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no table matches; resolve its identities first: jobs/facelake");
  }

  private static EvaluateDedupeResult evaluate(String dataset, String folder, String people) {
    Planting planting = new Planting(OptionalInt.empty(), 1, 0, 0, 0, 0, 1);
    return execute(
        new EvaluateDedupeOptions.Planted(
            new PlantingOptions(
                lake,
                dataset,
                temp.resolve(folder).toString(),
                Optional.ofNullable(people),
                planting,
                PipelineOptions.defaults())));
  }

  private static EvaluateDedupeResult against(String truth, String folder) {
    Lake planted = Lake.at(temp.resolve("scores/lake").toString());
    return execute(
        new EvaluateDedupeOptions.OwnTruth(planted, truth, temp.resolve(folder).toString()));
  }

  private static EvaluateDedupeResult execute(EvaluateDedupeOptions options) {
    return new EvaluateDedupeJob(SPARK, options, List.of(), phase -> {}).execute();
  }

  private static String csv(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text).toString();
  }

  private static float[] gaussian(Random random, double length) {
    float[] vector = new float[FacesTable.EMBEDDING_LENGTH];
    for (int d = 0; d < vector.length; d++) {
      vector[d] = (float) (random.nextGaussian() * length / Math.sqrt(vector.length));
    }
    return vector;
  }

  private static Row image(String uri, String identity) {
    Map<String, Object> values = new HashMap<>();
    values.put(ImagesTable.DATASET, "all");
    values.put(ImagesTable.URI, uri);
    values.put(ImagesTable.SOURCE, "file:/photos");
    values.put(ImagesTable.SOURCE_VERSION, "1");
    values.put(ImagesTable.IMAGE_ID, "hash of " + uri);
    values.put(ImagesTable.IDENTITY, identity);
    values.put(ImagesTable.STATUS, "ok");
    values.put(ImagesTable.FACES, 1);
    values.put(ImagesTable.PIPELINE, "pipeline");
    values.put(ImagesTable.RUN_ID, "run");
    values.put(ImagesTable.PROCESSED_AT, new Timestamp(0));
    return row(ImagesTable.SCHEMA, values);
  }

  private static Row face(String uri, String identity, float[] centre, float[] noise) {
    List<Float> embedding = new ArrayList<>();
    for (int d = 0; d < centre.length; d++) {
      embedding.add(centre[d] + noise[d]);
    }
    Map<String, Object> values = new HashMap<>();
    values.put(FacesTable.FACE_ID, "face in " + uri);
    values.put(FacesTable.DATASET, "all");
    values.put(FacesTable.URI, uri);
    values.put(FacesTable.IMAGE_ID, "hash of " + uri);
    values.put(FacesTable.IDENTITY, identity);
    values.put(FacesTable.IMAGE_WIDTH, 100);
    values.put(FacesTable.IMAGE_HEIGHT, 100);
    values.put(FacesTable.BOX, RowFactory.create(25, 25, 74, 74));
    values.put(FacesTable.BOX_SOURCE, "detector");
    values.put(FacesTable.LANDMARKS, List.of(RowFactory.create(1, 2)));
    values.put(FacesTable.SIZE, 50);
    values.put(FacesTable.SHARPNESS, 1f);
    values.put(FacesTable.POSE, RowFactory.create(0f, 0f));
    values.put(FacesTable.EMBEDDER, "resnet-v1:0123456789ab");
    values.put(FacesTable.PIPELINE, "pipeline");
    values.put(FacesTable.RUN_ID, "run");
    values.put(FacesTable.EMBEDDING, embedding);
    return row(FacesTable.SCHEMA, values);
  }

  private static Row row(StructType schema, Map<String, Object> values) {
    return RowFactory.create(
        Arrays.stream(schema.fields()).map(StructField::name).map(values::get).toArray());
  }
}
