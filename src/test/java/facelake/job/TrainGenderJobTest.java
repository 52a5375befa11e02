package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ludovic.netlib.blas.NativeBLAS;
import facelake.TestSpark;
import facelake.UserError;
import facelake.eval.GenderScores;
import facelake.step.PlantedFaces;
import facelake.table.FacesTable;
import facelake.table.Lake;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faces on one axis: nine of ten men are at 1 and one at -1, women the other way round, so that the
 * log odds are 9 to 1 on either side.
 */
class TrainGenderJobTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final double LOG_ODDS = Math.log(9);
  private static final int MEN = 100;
  private static final int WOMEN = 300;
  private static final int PHOTOS_OF_ONE = 200;

  @TempDir private static Path folder;

  private static Lake lake;

  /** With one man at -1 of whom there are more photos than of all others. */
  private static final StringBuilder LABELS = new StringBuilder("image,gender,person,side\n");

  @BeforeAll
  static void fillLake() {
    PlantedFaces faces = new PlantedFaces();
    for (int i = 0; i < MEN; i++) {
      add(faces, i % 10 == 0 ? -1 : 1, "men/" + i + ".jpg", "male", "");
    }
    for (int i = 0; i < WOMEN; i++) {
      add(faces, i % 10 == 0 ? 1 : -1, "women/" + i + ".jpg", "female", "");
    }
    for (int i = 0; i < PHOTOS_OF_ONE; i++) {
      add(faces, -1, "one/" + i + ".jpg", "male", "He");
    }
    faces.at(0, "a", "file:/two/1.jpg").at(1, "a", "file:/two/1.jpg");
    LABELS.append("two/1.jpg,male,,\ngone.jpg,male,,\n");
    lake = Lake.at(folder.resolve("lake").toString());
    FacesTable.create(SPARK, lake).append(faces.faces(SPARK, 3, 1));
    RunsTable.create(SPARK, lake).append(run());
  }

  private static void add(
      PlantedFaces faces, double place, String name, String gender, String person) {
    faces.at(place, "a", "file:/" + name);
    LABELS.append("%s,%s,%s,%s%n".formatted(name, gender, person, place > 0 ? "right" : "left"));
  }

  private static RunRecord run() {
    String embedder = PlantedFaces.EMBEDDER.substring(0, PlantedFaces.EMBEDDER.indexOf(':'));
    return new RunRecord(
        "run",
        "index",
        "a",
        Instant.EPOCH,
        1,
        new RunRecord.Counts(1L, 1L, 0L, 0L, 0L, 0L),
        Map.of(),
        Map.of(embedder, "sha256 of the embedder"),
        Map.of(),
        "pipeline",
        1,
        1L,
        null,
        null,
        "1",
        "4");
  }

  @Test
  void findsTheOddsThatUnseenPeopleShowAndTheSameAgain() throws IOException {
    Path out = folder.resolve("gender.json");
    Path again = folder.resolve("again.json");

    TrainGenderResult result = train(options(labels(), out));
    train(options(labels(), again));

    assertThat(again).hasSameTextualContentAs(out);
    assertThat(result.data())
        .isEqualTo(
            new TrainGenderResult.Data(
                MEN + WOMEN + PHOTOS_OF_ONE, MEN + 1, WOMEN, List.of("gone.jpg"), 1));
    JsonNode file = new ObjectMapper().readTree(out.toFile());
    assertThat(file.get("embedder-sha256").asText()).isEqualTo("sha256 of the embedder");
    // Men and women count alike though there are three times as many women, and he as one of 101.
    assertThat(file.get("weights").get(0).asDouble()).isCloseTo(LOG_ODDS, within(0.2));
    assertThat(file.get("weights").get(1).asDouble()).isZero();
    assertThat(file.get("bias").asDouble()).isCloseTo(0, within(0.1));
    GenderScores all = result.scores().get(0);
    assertThat(all.men().rightAtOneHalf()).isEqualTo(9 * MEN / 10);
    assertThat(all.women().rightAtOneHalf()).isEqualTo(9 * WOMEN / 10);
    assertThat(all.coverage().value()).isZero(); // 0.9 is within the bounds
    assertThat(result.scores())
        .extracting(GenderScores::group)
        .containsExactly("", "left", "right");
  }

  @Test
  void leavesTheLinearAlgebraOfTheMachineAlone() {
    assertThatThrownBy(NativeBLAS::getInstance).hasMessageContaining("Unable to load native");
  }

  @Test
  void refusesWhatCannotBeLearntFrom() throws IOException {
    Path few = file("few.csv", "image,gender\nmen/1.jpg,male\nwomen/1.jpg,female\n");
    Path twofold = file("twofold.csv", "image,gender\n1.jpg,male\n");

    assertThatThrownBy(() -> train(options(few, folder.resolve("x.json"))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("knows 1 men and 1 women")
        .hasMessageContaining("at least 20 of each");
    assertThatThrownBy(
            () ->
                train(
                    new TrainGenderOptions(
                        lake,
                        List.of(),
                        labels().toString(),
                        Optional.of("side"),
                        2,
                        0,
                        0.1,
                        0.9,
                        folder.resolve("x.json").toString())))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("knows 11 men and 270 women of side 'left'");
    assertThatThrownBy(() -> train(options(twofold, folder.resolve("x.json"))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("names 1.jpg, which fits two images: file:/men/1.jpg of a and ");
    assertThatThrownBy(
            () ->
                train(
                    new TrainGenderOptions(
                        lake,
                        List.of("b"),
                        labels().toString(),
                        Optional.empty(),
                        2,
                        0,
                        0.1,
                        0.9,
                        "x.json")))
        .hasMessage("no face is of dataset 'b'; datasets with faces: a");
    assertThatThrownBy(
            () ->
                train(
                    new TrainGenderOptions(
                        lake,
                        List.of(),
                        labels().toString(),
                        Optional.of("age"),
                        2,
                        0,
                        0.1,
                        0.9,
                        "x.json")))
        .hasMessageContaining("has no such column; its kinds of groups are: side");
    assertThatThrownBy(() -> train(options(labels(), folder)))
        .hasMessage("--out " + folder + " is a folder; name a file");
    assertThat(folder.resolve("x.json")).doesNotExist();
  }

  private static TrainGenderResult train(TrainGenderOptions options) {
    return new TrainGenderJob(SPARK, options, phase -> {}).execute();
  }

  private static TrainGenderOptions options(Path labels, Path out) {
    return new TrainGenderOptions(
        lake, List.of(), labels.toString(), Optional.empty(), 2, 0, 0.05, 0.95, out.toString());
  }

  private static Path labels() throws IOException {
    return file("labels.csv", LABELS.toString());
  }

  private static Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
