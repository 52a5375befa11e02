package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import facelake.table.LabelIssuesTable;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people decided, against all that embeddings say, in a run on three of four datasets. */
class DedupeDecisionsTest {
  private static final SparkSession SPARK = TestSpark.session();

  @TempDir private static Path temp;
  private static Lake lake;
  private static Map<String, String> before;
  private static Map<String, String> after;
  private static DedupeResult result;

  /** Persons 0 to 7 stand in a, 4 to 11 in b, 6 to 13 in c, and 30, without a label, in d. */
  @BeforeAll
  static void resolve() throws IOException {
    lake = Lake.at(temp.resolve("lake").toString());
    PeopledLake people = new PeopledLake();
    for (int person = 0; person < 8; person++) {
      people.person("a", "a" + person, person, 0, 4);
    }
    for (int person = 4; person < 12; person++) {
      people.person("b", "b" + person, person, 4, 8);
    }
    for (int person = 6; person < 14; person++) {
      people.person("c", "c" + person, person, 8, 10);
    }
    people
        .photo("a", "tie", "file:/a/tie/0.jpg", "tie 0", 20, 0)
        .photo("a", "tie", "file:/a/tie/1.jpg", "tie 1", 21, 0)
        .person("d", null, 30, 0, 4)
        .into(SPARK, lake, 3, 1);
    DedupedLake.cluster(lake, "d");
    run(options().build());
    before = DedupedLake.ids(lake);
    String file =
        csv(
            "decisions.csv",
            "decision,dataset_a,identity_a,face_a,dataset_b,identity_b,face_b\n"
                // A face of person 4 belongs to somebody of the other dataset.
                + "wrong-label,,,%s,b,b9,\n".formatted(face("a/4/0"))
                // Two faces that look like one person.
                + "different,,,%s,,,%s\n".formatted(face("a/5/0"), face("a/5/1"))
                + "different,,,%s,,,%s\n".formatted(face("d/30/0"), face("d/30/1"))
                // The right label, which means nobody: at least it is not the old one.
                + "wrong-label,,,%s,a,tie,\n".formatted(face("a/6/0"))
                // A label that means nobody.
                + "same,a,tie,,b,b10,\n");
    result = run(options().decisions(file).build());
    after = DedupedLake.ids(lake);
  }

  @Test
  void takesAFaceWithAWrongLabelToItsOwn() {
    assertThat(after.get(face("a/4/0"))).isEqualTo(after.get(face("b/9/4")));
    assertThat(after.get(face("a/4/1")))
        .isEqualTo(after.get(face("b/4/4")))
        .isNotEqualTo(after.get(face("a/4/0")));
    assertThat(
            LabelIssuesTable.open(SPARK, lake)
                .read()
                .where(col(LabelIssuesTable.IDENTITY).equalTo("a4"))
                .collectAsList())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs(LabelIssuesTable.FACE_ID)).isEqualTo(face("a/4/0"));
              assertThat(row.<String>getAs(LabelIssuesTable.PROPOSED_IDENTITY)).isEqualTo("b9");
            });
  }

  @Test
  void cutsAPersonOfWhomTwoFacesAreDifferent() {
    assertCut("a/5/");
  }

  @Test
  void cutsAClusterOfWhichTwoFacesAreDifferent() {
    assertCut("d/30/");
  }

  /** Between the photos 0 and 1; photo 2 goes with one of them. */
  private static void assertCut(String photos) {
    assertThat(before.get(face(photos + 0))).isEqualTo(before.get(face(photos + 1)));
    assertThat(after.get(face(photos + 0))).isNotEqualTo(after.get(face(photos + 1)));
    assertThat(List.of(after.get(face(photos + 0)), after.get(face(photos + 1))))
        .contains(after.get(face(photos + 2)));
  }

  @Test
  void saysWhichDecisionsHaveNoEffect() {
    assertThat(result.notes())
        .hasSize(2)
        .anyMatch(
            note ->
                note.startsWith("without effect: identity 'tie' of dataset 'a' and identity 'b10'"))
        .anyMatch(
            note ->
                note.startsWith(
                    "without effect: face %s as identity 'tie'".formatted(face("a/6/0"))));
  }

  @Test
  void takesAFaceWithAWrongLabelFromThePersonOfThatLabel() {
    assertThat(before.get(face("a/6/0"))).isEqualTo(before.get(face("a/6/1")));
    assertThat(after.get(face("a/6/0")))
        .isNotEqualTo(after.get(face("a/6/1")))
        .isNotEqualTo(after.get(face("b/6/4")));
  }

  @Test
  void leavesPeopleOfOtherDatasetsAsTheyAre() {
    assertThat(result.datasets()).containsExactly("a", "b", "d");
    assertThat(result.leftOut()).isZero();
    for (int person = 6; person < 14; person++) {
      String photo = face("c/%d/8".formatted(person));
      assertThat(after.get(photo)).isEqualTo(before.get(photo));
    }
    assertThat(result.changes()).doesNotContainKey("ended");
    List<Row> seven =
        DedupedLake.resolved(lake)
            .where(col(PeopleTable.PERSON_ID).equalTo(after.get(face("c/7/8"))))
            .collectAsList();
    assertThat(seven).hasSize(10).allMatch(row -> row.<Integer>getAs(PeopleTable.SIZE) == 10);
  }

  @Test
  void refusesDecisionsOnFacesThatContradictThoseOnTheirIdentities() throws IOException {
    String file =
        csv(
            "contradiction.csv",
            "decision,dataset_a,identity_a,face_a,dataset_b,identity_b,face_b\n"
                + "same,a,a1,,b,b8,\n"
                + "different,,,%s,,,%s\n".formatted(face("a/1/2"), face("b/8/5")));

    assertThatThrownBy(() -> run(options().decisions(file).build()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("1 contradiction")
        .hasMessageContaining("others make them the same");
    assertThat(DedupedLake.ids(lake)).isEqualTo(after);
  }

  private static DedupeOptions.Builder options() {
    List<String> datasets = before == null ? List.of() : List.of("a", "b", "d");
    return DedupeOptions.builder(lake).datasets(datasets);
  }

  private static DedupeResult run(DedupeOptions options) {
    return new DedupeJob(SPARK, options, phase -> {}).execute();
  }

  private static String face(String photo) {
    return PeopledLake.faceId("file:/" + photo + ".jpg");
  }

  private static String csv(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text).toString();
  }
}
