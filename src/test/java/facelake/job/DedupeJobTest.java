package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import facelake.table.DuplicatesTable;
import facelake.table.LabelIssuesTable;
import facelake.table.Lake;
import facelake.table.LineageTable;
import facelake.table.MatchesTable;
import facelake.table.PeopleTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two labelled datasets and an unlabelled one, whose people are far apart. */
class DedupeJobTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final int PEOPLE = PeopledLake.PEOPLE;

  @TempDir private static Path temp;
  private static Lake lake;
  private static DedupeResult first;

  @BeforeAll
  static void resolve() {
    lake = Lake.at(temp.resolve(TestSpark.ODD_FOLDER).toString());
    PeopledLake.ofThreeDatasets().into(SPARK, lake, 3, 1);
    DedupedLake.cluster(lake, "c");
    first = new DedupeJob(SPARK, DedupeOptions.of(lake), phase -> {}).execute();
  }

  @Test
  void findsWhoStandsInSeveralDatasets() {
    assertThat(first.datasets()).containsExactly("a", "b", "c");
    assertThat(first.people()).isEqualTo(PEOPLE);
    assertThat(first.shared()).isEqualTo(4);
    assertThat(first.leftOut()).isZero();
    assertThat(same(lake))
        .contains("a/a4/0 b/b4/0", "a/a5/0 b/b5/0", "a/a6/0 b/b6/0", "a/a7/0 b/b7/0")
        .noneMatch(pair -> pair.contains("a/a0/0 b/"));
    assertThat(personOf(lake, "c/6/10")).isEqualTo(personOf(lake, "a/6/0"));
  }

  @Test
  void saysWhyAPairIsOnePerson() {
    Row row = match("a4", "b4");

    assertThat(row.<Integer>getAs(MatchesTable.FACES_A)).isEqualTo(4);
    assertThat(row.<Integer>getAs(MatchesTable.PAIRS)).isEqualTo(16);
    assertThat(row.<Integer>getAs(MatchesTable.PAIRS_NEAR)).isEqualTo(16);
    assertThat(row.<Double>getAs(MatchesTable.DISTANCE))
        .isLessThan(row.getAs(MatchesTable.DISTANCE_MEDIAN));
    assertThat(row.<Double>getAs(MatchesTable.PROBABILITY)).isGreaterThan(0.99);
    assertThat(row.<String>getAs(MatchesTable.REASON)).isEqualTo("evidence");
    assertThat(row.<Double>getAs(MatchesTable.GROUP_DENSITY)).isEqualTo(1);
    List<Row> best = row.getList(row.fieldIndex(MatchesTable.BEST_PAIRS));
    assertThat(best).hasSize(3);
    assertThat(best.get(0).getString(0)).startsWith("face 0 of file:/a/4/");
    assertThat(best.get(0).getDouble(2)).isEqualTo(row.getAs(MatchesTable.DISTANCE_MIN));
  }

  @Test
  void letsScoreAndProbabilityBeComputedByHand() throws IOException {
    DedupedLake.assertComputedByHand(lake);
  }

  @Test
  void takesTheSameFileForProof() {
    Row row = match("a5", "b5");

    assertThat(row.<Integer>getAs(MatchesTable.SHARED_PHOTOS)).isEqualTo(1);
    assertThat(row.<String>getAs(MatchesTable.REASON)).isEqualTo("duplicate-photo");
    assertThat(DuplicatesTable.open(SPARK, lake).read().collectAsList())
        .hasSize(2)
        .allMatch(copy -> !copy.<Boolean>getAs(DuplicatesTable.CONFLICT));
  }

  @Test
  void listsTheWrongLabelAndWhereItBelongs() {
    assertThat(issues("outlier"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs(LabelIssuesTable.URI)).isEqualTo("file:/a/wrong.jpg");
              assertThat(row.<String>getAs(LabelIssuesTable.PROPOSED_IDENTITY)).isEqualTo("a1");
              assertThat(row.<Double>getAs(LabelIssuesTable.DISTANCE))
                  .isGreaterThan(row.getAs(LabelIssuesTable.LIMIT_DISTANCE));
            });
    assertThat(personOf(lake, "a/wrong")).isEqualTo(personOf(lake, "a/1/0"));
  }

  @Test
  void listsTheFaceThatLooksLikeAnotherGender() {
    assertThat(issues("gender"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs(LabelIssuesTable.IDENTITY)).isEqualTo("a7");
              assertThat(row.<String>getAs(LabelIssuesTable.URI))
                  .isEqualTo(PeopledLake.uri("a", 7, 3));
              assertThat(row.<Integer>getAs(LabelIssuesTable.PART)).isZero();
              assertThat(row.<String>getAs(LabelIssuesTable.PROPOSED_IDENTITY)).isNull();
            });
    assertThat(first.issues()).containsOnlyKeys("outlier", "gender");
  }

  private static List<Row> issues(String kind) {
    return LabelIssuesTable.open(SPARK, lake)
        .read()
        .where(col(LabelIssuesTable.KIND).equalTo(kind))
        .collectAsList();
  }

  @Test
  void holdsThoseBesideForNobodysMistake() {
    Row beside =
        DedupedLake.resolved(lake).where(col(PeopleTable.FACE_ID).startsWith("face 1")).head();

    assertThat(beside.<String>getAs(PeopleTable.ROLE)).isEqualTo("bystander");
    assertThat(beside.<String>getAs(PeopleTable.PERSON_ID)).isEqualTo(personOf(lake, "a/3/0"));
  }

  /** So few identities are compared in all cells, and none is missed beyond the exact limit. */
  @Test
  void givesTheSameAnswerWhateverTheOrderOfTheRowsAndInCells() {
    Lake other = Lake.at(temp.resolve("other").toString());
    PeopledLake.ofThreeDatasets().into(SPARK, other, 1, 2);
    DedupedLake.cluster(other, "c");
    DedupeOptions inCells = DedupeOptions.builder(other).exactUpTo(0).build();
    DedupeResult result = new DedupeJob(SPARK, inCells, phase -> {}).execute();

    assertThat(result.notes())
        .singleElement(as(InstanceOfAssertFactories.STRING))
        .startsWith("not all pairs were compared")
        .containsPattern("which found ([0-9,]+) of a sample's \\1 near pairs");
    assertThat(DedupedLake.rows(other, MatchesTable.NAME))
        .isEqualTo(DedupedLake.rows(lake, MatchesTable.NAME));
    assertThat(DedupedLake.rows(other, LabelIssuesTable.NAME))
        .isEqualTo(DedupedLake.rows(lake, LabelIssuesTable.NAME));
    assertThat(DedupedLake.ids(other)).isEqualTo(DedupedLake.ids(lake));
  }

  @Test
  void obeysDecisionsAndRemembersWhoWasWho() throws IOException {
    Lake decided = Lake.at(temp.resolve("decided").toString());
    PeopledLake.ofThreeDatasets().into(SPARK, decided, 2, 3);
    DedupeOptions.Builder labelled = DedupeOptions.builder(decided).datasets(List.of("a", "b"));
    run(labelled.build());
    Map<String, String> before = DedupedLake.ids(decided);
    String file =
        csv(
            "decisions.csv",
            "decision,dataset_a,identity_a,face_a,dataset_b,identity_b,who\n"
                + "different,a,a4,,b,b4,ada\n"
                + "same,a,a0,,b,b11,ada\n"
                + "not-a-face,,,face 1 of file:/a/2/0.jpg,,,ada\n"
                + "wrong-label,,,face 0 of file:/a/wrong.jpg,a,a1,ada\n");

    DedupeResult result = run(labelled.decisions(file).build());
    Map<String, String> after = DedupedLake.ids(decided);

    assertThat(result.decisions()).isEqualTo(4);
    assertThat(same(decided)).contains("a/a0/0 b/b11/0").doesNotContain("a/a4/0 b/b4/0");
    assertThat(after).doesNotContainKey("face 1 of file:/a/2/0.jpg");
    assertThat(result.issues()).doesNotContainKey("outlier");
    // Whom nobody touched keeps the id; a split keeps it on the larger side, which is the first.
    assertThat(after.get(face("b/7/4"))).isEqualTo(before.get(face("b/7/4")));
    assertThat(List.of(after.get(face("a/4/0")), after.get(face("b/4/4"))))
        .doesNotHaveDuplicates()
        .contains(before.get(face("a/4/0")));
    assertThat(result.changes()).isEqualTo(Map.of("merged", 1L, "split", 1L));
    List<Row> lineage = LineageTable.open(SPARK, decided).read().collectAsList();
    assertThat(lineage)
        .filteredOn(row -> row.<String>getAs(LineageTable.EVENT).equals("merged"))
        .singleElement()
        .satisfies(row -> assertThat(row.<Long>getAs(LineageTable.FACES)).isEqualTo(4));

    DedupeResult again = run(labelled.decisions(null).build());
    assertThat(DedupedLake.ids(decided)).as("decisions hold in every later run").isEqualTo(after);
    assertThat(again.measured()).as("nothing has changed").isZero();
  }

  /** Persons 1 and 2 stand twice in a and in b, which says that nobody does. */
  @Test
  void looksForDoubleNamesWithinADatasetUnlessThereAreNone() {
    Lake doubled = Lake.at(temp.resolve("doubled").toString());
    PeopledLake people = new PeopledLake();
    for (int person = 0; person < 8; person++) {
      people.person("a", "a" + person, person, 0, 4);
      people.person("b", "b" + person, person + 100, 0, 4);
    }
    people.person("a", "again", 1, 4, 8).person("b", "again", 102, 4, 8).into(SPARK, doubled, 2, 1);

    DedupeResult result =
        run(DedupeOptions.builder(doubled).within(true).uniqueIdentities(List.of("b")).build());

    assertThat(same(doubled)).containsExactly("a/a1/0 a/again/0");
    assertThat(result.people()).isEqualTo(17);
    assertThat(
            MatchesTable.open(SPARK, doubled)
                .read()
                .where(col(MatchesTable.REASON).equalTo("same-dataset"))
                .collectAsList())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs(MatchesTable.IDENTITY_B)).isEqualTo("b2");
              assertThat(row.<String>getAs(MatchesTable.VERDICT)).isEqualTo("review");
            });
  }

  @Test
  void writesNothingWhenDecisionsContradict() throws IOException {
    List<String> before = List.of(DedupedLake.folder(lake).list());
    String file =
        csv(
            "contradiction.csv",
            "decision,dataset_a,identity_a,dataset_b,identity_b,who\n"
                + "same,a,a1,b,b8,ada\ndifferent,b,b8,a,a1,bob\n");

    assertThatThrownBy(() -> run(DedupeOptions.builder(lake).decisions(file).build()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("1 contradiction")
        .hasMessageContaining("ada");
    assertThat(DedupedLake.folder(lake).list()).containsExactlyInAnyOrderElementsOf(before);
  }

  /** Photos of one person are at 0.3. */
  @Test
  void takesNobodyForOnePersonBeyondTheThreshold() {
    Lake strict = Lake.at(temp.resolve("strict").toString());
    PeopledLake.ofThreeDatasets().into(SPARK, strict, 2, 4);

    DedupeResult result =
        new DedupeJob(SPARK, DedupeOptions.builder(strict).threshold("0.1").build(), phase -> {})
            .execute();

    assertThat(result.shared()).isEqualTo(1); // by a copy
    // Three people of both datasets, the wrong label and the person beside.
    assertThat(result.verdicts()).containsEntry("review", 5L);
    assertThat(
            MatchesTable.open(SPARK, strict)
                .read()
                .where(col(MatchesTable.VERDICT).equalTo("review"))
                .select(MatchesTable.REASON)
                .distinct()
                .collectAsList())
        .singleElement()
        .satisfies(row -> assertThat(row.getString(0)).isEqualTo("far"));
  }

  @Test
  void takesNoDecisionsWhereItThenRefuses() throws IOException {
    Lake unlabelled = Lake.at(temp.resolve("nobody").toString());
    new PeopledLake()
        .person("a", null, 1, 0, 2)
        .person("b", null, 2, 0, 2)
        .into(SPARK, unlabelled, 1, 1);
    String file =
        csv("face.csv", "decision,face_a,who\nnot-a-face,face 0 of file:/a/1/0.jpg,ada\n");

    assertThatThrownBy(() -> run(DedupeOptions.builder(unlabelled).decisions(file).build()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no face has an identity");
    assertThat(DedupedLake.folder(unlabelled).list()).containsExactlyInAnyOrder("faces", "images");
  }

  @Test
  void refusesWhatItCannotCompare() {
    assertThatThrownBy(() -> run(options(lake, List.of("a"), false)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("dataset a stands alone")
        .hasMessageContaining("--within");
    assertThatThrownBy(() -> run(options(lake, List.of("a", "d"), false)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "--datasets names 'd', and no face is of such a dataset; datasets with faces: a, b, c");
    Lake mixed = Lake.at(temp.resolve("mixed").toString());
    new PeopledLake()
        .person("a", "x", 1, 0, 2)
        .embedder("densenet-v1:ba9876543210")
        .person("b", "y", 2, 0, 2)
        .into(SPARK, mixed, 1, 1);
    assertThatThrownBy(() -> run(DedupeOptions.of(mixed)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("embeddings of different models or precisions cannot be compared");
    Lake unlabelled = Lake.at(temp.resolve("unlabelled").toString());
    new PeopledLake()
        .person("a", null, 1, 0, 2)
        .person("b", null, 2, 0, 2)
        .into(SPARK, unlabelled, 1, 1);
    assertThatThrownBy(() -> run(DedupeOptions.of(unlabelled)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no face has an identity")
        .hasMessageContaining("jobs/facelake cluster");
    assertThatThrownBy(
            () -> DedupeOptions.builder(lake).expectedFalseMerges(0).exactUpTo(0).build())
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--expected-false-merges 0.0 is no number over 0");
    assertThatThrownBy(() -> DedupeOptions.builder(lake).exactUpTo(-1).build())
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--exact-up-to -1 is no number of embeddings");
    assertThatThrownBy(() -> DedupeOptions.builder(lake).uniqueIdentities(List.of("a")).build())
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--unique-identities goes with --within");
    assertThat(DedupedLake.folder(unlabelled).list()).containsExactlyInAnyOrder("faces", "images");
  }

  @Test
  void leavesNothingButTablesInTheLake() {
    assertThat(DedupedLake.folder(lake).list())
        .containsExactlyInAnyOrder(
            "images",
            "faces",
            "people",
            "runs",
            "duplicates",
            "matches",
            "label_issues",
            "lineage",
            "identity_parts",
            "cohort",
            "near_parts");
  }

  private static DedupeOptions options(Lake of, List<String> datasets, boolean within) {
    return DedupeOptions.builder(of).datasets(datasets).within(within).build();
  }

  private static DedupeResult run(DedupeOptions options) {
    return new DedupeJob(SPARK, options, phase -> {}).execute();
  }

  private static Row match(String a, String b) {
    return MatchesTable.open(SPARK, lake)
        .read()
        .where(col(MatchesTable.IDENTITY_A).equalTo(a).and(col(MatchesTable.IDENTITY_B).equalTo(b)))
        .head();
  }

  private static List<String> same(Lake of) {
    return MatchesTable.open(SPARK, of)
        .read()
        .where(col(MatchesTable.VERDICT).equalTo("same"))
        .collectAsList()
        .stream()
        .map(
            row ->
                "%s/%s/%d %s/%s/%d"
                    .formatted(
                        row.getAs(MatchesTable.DATASET_A),
                        row.getAs(MatchesTable.IDENTITY_A),
                        row.<Integer>getAs(MatchesTable.PART_A),
                        row.getAs(MatchesTable.DATASET_B),
                        row.getAs(MatchesTable.IDENTITY_B),
                        row.<Integer>getAs(MatchesTable.PART_B)))
        .toList();
  }

  private static String face(String photo) {
    return PeopledLake.faceId("file:/" + photo + ".jpg");
  }

  private static String personOf(Lake of, String photo) {
    return DedupedLake.ids(of).get(face(photo));
  }

  private static String csv(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text).toString();
  }
}
