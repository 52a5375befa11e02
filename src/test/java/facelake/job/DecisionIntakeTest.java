package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import facelake.match.Decision;
import facelake.match.Subject;
import facelake.match.Topic;
import facelake.match.Verdict;
import facelake.step.PlantedFaces;
import facelake.table.DecisionsTable;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionIntakeTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");
  private static final String HEADER =
      "decision,dataset_a,identity_a,face_a,dataset_b,identity_b,face_b,who,when,note\n";

  /** Two datasets: a has Ann and 佐藤 花子, b has Anne; and two faces. */
  @TempDir private static Path folder;

  private static Lake lake;
  private static String face;
  private static String otherFace;

  @TempDir private Path files;

  @BeforeAll
  static void fillLake() {
    lake = Lake.at(folder.resolve("lake").toString());
    PlantedFaces planted = new PlantedFaces().person("a", "file:/1.jpg", "file:/2.jpg");
    FacesTable.create(SPARK, lake).append(planted.faces(SPARK, 1, 1));
    List<String> ids = List.copyOf(planted.people().keySet());
    face = ids.get(0);
    otherFace = ids.get(1);
    ImagesTable images = ImagesTable.create(SPARK, lake);
    images.upsert("a", rows(image("a", "Ann", "ok"), image("a", "佐藤 花子", "ok")));
    images.upsert("b", rows(image("b", "Anne", "no-face"), image("b", "Gone", "removed")));
  }

  @BeforeEach
  void forgetDecisions() throws IOException {
    FileUtils.deleteDirectory(folder.resolve("lake").resolve(DecisionsTable.NAME).toFile());
  }

  @Test
  void takesWhatAPersonWroteAsCsv() throws IOException {
    TakenDecisions taken =
        take(
            "d.csv",
            "who,note,decision,dataset_b,identity_b,identity_a,dataset_a,when,face_a,face_b\n"
                + "田中,\"one, \"\"two\"\"\nthree\",same,b,Anne,佐藤 花子,a,2024-04-30,,\n"
                + ",,wrong-label,b,Anne,,,2024-05-01 18:30:00+09:00,"
                + face
                + ",\n"
                + ",,different,,,,,,"
                + face
                + ","
                + otherFace
                + "\n");

    assertThat(taken.rows()).isEqualTo(3);
    assertThat(taken.added()).isEqualTo(3);
    assertThat(taken.overruled()).isEmpty();
    assertThat(DecisionsTable.open(SPARK, lake).decisions())
        .containsExactlyInAnyOrder(
            decision(
                Verdict.SAME,
                new Topic(new Subject.Identity("a", "佐藤 花子"), new Subject.Identity("b", "Anne")),
                "田中",
                "2024-04-30T00:00:00Z",
                "one, \"two\"\nthree"),
            decision(
                Verdict.WRONG_LABEL,
                new Topic(new Subject.Face(face), new Subject.Identity("b", "Anne")),
                null,
                "2024-05-01T09:30:00Z",
                null),
            decision(
                Verdict.DIFFERENT,
                new Topic(new Subject.Face(face), new Subject.Face(otherFace)),
                null,
                null,
                null));
    assertThat(taken.decisions().inForce()).hasSize(3);
  }

  @Test
  void takesTheSameAsJsonInAnyForm() throws IOException {
    String same =
        "{\"decision\":\"same\",\"dataset_a\":\"a\",\"identity_a\":\"Ann\",\"dataset_b\":\"b\","
            + "\"identity_b\":\"Anne\",\"who\":7,\"note\":\"a\\nb\"}";
    String notAFace = "{\"face_a\":\"" + face + "\",\"decision\":\"not-a-face\",\"who\":null}";

    assertThat(take("d[1].json", "\uFEFF [" + same + ",\n " + notAFace + "]").added()).isEqualTo(2);
    assertThat(take("lines.json", "\n" + same + "\n\n" + notAFace + "\n").added()).isZero();
    assertThat(take("d.jsonl", same + "\n" + notAFace).added()).isZero();
    assertThat(
            take(
                    "d.csv",
                    "\uFEFFdecision,dataset_a,identity_a,face_a,dataset_b,identity_b,who,note\r\n"
                        + "same,a,Ann,,b,Anne,7,\"a\nb\"\r\n\r\nnot-a-face,,,"
                        + face
                        + ",,,,\r\n")
                .added())
        .isZero();
  }

  @Test
  void aFileGivenAgainAddsNothing() throws IOException {
    String file = HEADER + row("same", "");
    take("d.csv", file, NOON);
    TakenDecisions again =
        take("d.csv", file + row("same", "2024-04-01") + row("same", ""), NOON.plusSeconds(1));

    assertThat(again.rows()).isEqualTo(3);
    assertThat(again.added()).isEqualTo(1);
    long commits = commits();
    assertThat(take("d.csv", file).added()).isZero();
    assertThat(commits()).isEqualTo(commits);
  }

  @Test
  void tellsAllThatIsWrongAtOnceAndWritesNothing() {
    assertThatThrownBy(
            () ->
                take(
                    "d.csv",
                    HEADER
                        + row("same", "")
                        + row("saem", "")
                        + ",a,Ann,,b,Anne,,,,\n"
                        + "same,a,,,b,Anne,,,,\n"
                        + "not-a-face,,,,,,,,,\n"
                        + row("same", "yesterday")
                        + row("same", "2024-05-02")
                        + "same,a,An,,b,Anne,,,,\n"
                        + "same,a,Ann,,c,Anne,,,,\n"
                        + "same,a,Ann,,b,Gone,,,,\n"
                        + "not-a-face,,,nobody,,,,,,\n"
                        + "withdraw,,,"
                        + face
                        + ",,,,,,\n"
                        + "same,a,Ann\n"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "decisions %s: 12 mistakes in its rows, and nothing was written\n"
                    .formatted(path("d.csv"))
                + "  row 3: the decision 'saem' is unknown; did you mean same?; it is one of same,"
                + " different, not-a-face, wrong-label, withdraw\n"
                + "  row 4: says no decision; it is one of same, different, not-a-face,"
                + " wrong-label, withdraw\n"
                + "  row 5: same needs dataset_a + identity_a + dataset_b + identity_b, or face_a +"
                + " face_b, and no more of these; given: dataset_a 'a', dataset_b 'b', identity_b"
                + " 'Anne'\n"
                + "  row 6: not-a-face needs face_a, and no more of these; given: none\n"
                + "  row 7: when 'yesterday' is no time; write it as 2024-05-31,"
                + " 2024-05-31T18:30:00Z or 2024-05-31T18:30:00+09:00\n"
                + "  row 8: when '2024-05-02' is not between 1970 and now, 2024-05-01T12:00:00Z; a"
                + " time without an offset is UTC\n"
                + "  row 9: dataset 'a' has no identity 'An'; did you mean Ann?\n"
                + "  row 10: the lake has no dataset 'c'\n"
                + "  row 11: dataset 'b' has no identity 'Gone'; did you mean Anne?\n"
                + "  row 12: the lake has no face nobody; its faces are those of faces.face_id\n"
                + "  ... and 2 more");
    assertThat(folder.resolve("lake").resolve(DecisionsTable.NAME)).doesNotExist();
  }

  @Test
  void tellsWhatIsWrongWithJson() {
    assertThatThrownBy(
            () ->
                take(
                    "d.jsonl",
                    "{\"decision\":\"same\",\"dataset_a\":{\"x\":1}}\n{\"decision\":\n[1]\n"))
        .hasMessageContaining("row 1: same needs")
        .hasMessageContaining("given: dataset_a '{\"x\":1}'")
        .hasMessageContaining(
            "row 2: does not fit the columns; is there a comma, quote or brace too many or too few? {\"decision\":")
        .hasMessageContaining(
            "row 3: does not fit the columns; is there a comma, quote or brace too many or too few? [1]");
  }

  @Test
  void refusesColumnsThatNobodyKnows() {
    String columns = "; its columns are some of " + HEADER.strip();

    assertThatThrownBy(() -> take("d.csv", "decision,face_a,faceb\n"))
        .hasMessage(
            "decisions %s has an unknown column 'faceb'; did you mean face_b?%s"
                .formatted(path("d.csv"), columns));
    assertThatThrownBy(() -> take("d.json", "[{\"decision\":\"same\",\"ho\":1}]"))
        .hasMessageContaining("has an unknown column 'ho'");
    assertThatThrownBy(() -> take("d.csv", "face_a,face_b\nf,g\n"))
        .hasMessageContaining("has no column decision, only face_a,face_b; its columns");
    assertThatThrownBy(() -> take("d.csv", ""))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no column decision");
  }

  @Test
  void refusesWhatIsNoFileOfDecisions() throws IOException {
    DecisionIntake intake = new DecisionIntake(SPARK, lake);

    assertThatThrownBy(() -> intake.take("d.txt", NOON))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ends in none of .csv, .json and .jsonl");
    assertThatThrownBy(() -> intake.take(path("none.csv"), NOON))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("there is no such file");
    Files.createDirectory(files.resolve("f.csv"));
    assertThatThrownBy(() -> intake.take(path("f.csv"), NOON))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("is a folder; name one file");
  }

  @Test
  void readsNothingFromAFileOfNoDecisions() throws IOException {
    assertThat(take("d[1].csv", HEADER).rows()).isZero();
    assertThat(take("d.json", "[]").rows()).isZero();
    assertThat(take("d.jsonl", "").rows()).isZero();
    assertThat(folder.resolve("lake").resolve(DecisionsTable.NAME)).doesNotExist();
  }

  @Test
  void refusesAContradictionOfFileAndLakeUntilOneIsWithdrawn() throws IOException {
    take("1.csv", HEADER + row("same", "2024-04-01"));
    String different = HEADER + row("different", "2024-04-02");

    assertThatThrownBy(() -> take("2.csv", different))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "decisions of lake %s: 1 contradiction, and no result was written; take a wrong decision"
                    .formatted(lake.root())
                + " out of the file, or take it back with a row 'withdraw' that names the same\n"
                + "  identity 'Ann' of dataset 'a' and identity 'Anne' of dataset 'b' are called"
                + " same and different: ");
    assertThat(DecisionsTable.open(SPARK, lake).decisions()).hasSize(1);

    TakenDecisions mended = take("2.csv", different + row("withdraw", "2024-04-02"));
    assertThat(mended.added()).isEqualTo(2);
    assertThat(mended.decisions().inForce())
        .extracting(Decision::verdict)
        .containsExactly(Verdict.DIFFERENT);
    assertThat(new DecisionIntake(SPARK, lake).recorded().inForce()).hasSize(1);
  }

  @Test
  void tellsRowsThatTheLakeOverrules() throws IOException {
    take("1.csv", HEADER + row("same", ""), NOON);
    take("2.csv", HEADER + row("withdraw", ""), NOON.plusSeconds(1));

    TakenDecisions again = take("1.csv", HEADER + row("same", ""), NOON.plusSeconds(2));
    assertThat(again.added()).isZero();
    assertThat(again.overruled())
        .containsExactly(
            "row 2: identity 'Ann' of dataset 'a' and identity 'Anne' of dataset 'b' (same by p,"
                + " 2024-05-01T12:00:00Z) was taken back (withdraw by p, 2024-05-01T12:00:01Z); to"
                + " decide it again, give it a later time");

    take("3.csv", HEADER + row("same", "2024-05-01T12:00:02Z"), NOON.plusSeconds(3));
    TakenDecisions withdrawn = take("2.csv", HEADER + row("withdraw", ""), NOON.plusSeconds(4));
    assertThat(withdrawn.overruled())
        .singleElement()
        .asString()
        .startsWith("row 2: this withdrawal was recorded at 2024-05-01T12:00:01Z, and identity")
        .endsWith("came after; to take that back, give the row a time");
    assertThat(take("all.csv", HEADER + row("same", "") + row("withdraw", "")).overruled())
        .hasSize(1);
  }

  @Test
  void hasNoDecisionsWithoutTheTable() {
    assertThat(new DecisionIntake(SPARK, lake).recorded().inForce()).isEmpty();
  }

  private static Decision decision(
      Verdict verdict, Topic topic, String who, String when, String note) {
    return Decision.of(verdict, topic, who, when == null ? null : Instant.parse(when), note, NOON);
  }

  /** A row on Ann and Anne. */
  private static String row(String decision, String when) {
    return "%s,a,Ann,,b,Anne,,p,%s,\n".formatted(decision, when);
  }

  private TakenDecisions take(String name, String content) throws IOException {
    return take(name, content, NOON);
  }

  private TakenDecisions take(String name, String content, Instant now) throws IOException {
    Files.writeString(files.resolve(name), content);
    DecisionIntake intake = new DecisionIntake(SPARK, lake);
    TakenDecisions taken = intake.take(path(name), now);
    intake.record(taken, "run", now);
    return taken;
  }

  private String path(String name) {
    return files.resolve(name).toString();
  }

  private static long commits() {
    return DeltaTable.forPath(SPARK, lake.path(DecisionsTable.NAME)).history().count();
  }

  private static Dataset<Row> rows(Row... rows) {
    return SPARK.createDataFrame(Arrays.asList(rows), ImagesTable.SCHEMA);
  }

  private static Row image(String dataset, String identity, String status) {
    Map<String, Object> values = new HashMap<>();
    values.put(ImagesTable.DATASET, dataset);
    values.put(ImagesTable.IDENTITY, identity);
    values.put(ImagesTable.URI, "file:/" + identity + ".jpg");
    values.put(ImagesTable.SOURCE, "file:/");
    values.put(ImagesTable.SOURCE_VERSION, "1");
    values.put(ImagesTable.STATUS, status);
    values.put(ImagesTable.FACES, 1);
    values.put(ImagesTable.PIPELINE, "p");
    values.put(ImagesTable.RUN_ID, "run");
    values.put(ImagesTable.PROCESSED_AT, NOON);
    return RowFactory.create(
        Arrays.stream(ImagesTable.SCHEMA.fields())
            .map(StructField::name)
            .map(values::get)
            .toArray());
  }
}
