package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestSpark;
import facelake.match.MatchVerdict;
import facelake.table.CohortTable;
import facelake.table.DuplicatesTable;
import facelake.table.IdentityPartsTable;
import facelake.table.LabelIssuesTable;
import facelake.table.Lake;
import facelake.table.MatchesTable;
import facelake.table.NearPartsTable;
import facelake.table.PeopleTable;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that follow another one, on a lake with so many identities that its cohort stays. */
class DedupeAgainTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final int IDENTITIES = 1100;

  /** Columns of matches that follow from the cohort. */
  private static final String[] FIGURES = {
    "distance_normalised",
    "rival_normalised",
    "score",
    "log_likelihood_ratio",
    "probability",
    "expected_false_merges",
    "limit_distance",
    "pairs_near",
    "threshold",
    "run_id"
  };

  @TempDir private static Path temp;
  private static Lake known;
  private static DedupeResult first;

  /** People 0 to 599 stand in a and 500 to 999 in b, with two photos each. */
  @BeforeAll
  static void resolveAll() {
    known = Lake.at(temp.resolve("known").toString());
    PeopledLake people = new PeopledLake();
    for (int person = 0; person < 600; person++) {
      people.person("a", "a" + person, person, 0, 2);
    }
    for (int person = 500; person < 1000; person++) {
      people.person("b", "b" + person, person, 2, 4);
    }
    people.into(SPARK, known, 3, 1);
    first = run(DedupeOptions.of(known));
  }

  @Test
  void measuresNothingWhereNothingChanged() throws IOException {
    Lake lake = copy("unchanged");

    List<String> phases = new ArrayList<>();
    DedupeResult again = new DedupeJob(SPARK, DedupeOptions.of(lake), phases::add).execute();

    assertThat(phases).noneMatch(phase -> phase.contains("parts with all"));
    assertThat(first.measured()).isEqualTo(IDENTITIES);
    assertThat(first.known()).isZero();
    assertThat(again.measured()).isZero();
    assertThat(again.known()).isEqualTo(IDENTITIES);
    assertThat(tables(lake, "run_id")).isEqualTo(tables(known, "run_id"));
  }

  /** With enough strangers for a tail of the run's own, which has a shape and a bend. */
  @Test
  void letsFiguresOfItsOwnTailBeComputedByHand() throws IOException {
    assertThat(first.calibrated()).isTrue();
    double shape =
        SPARK
            .sql(
                "SELECT figures['impostor_shape'] FROM delta.`%s` WHERE command = 'dedupe'"
                    .formatted(known.path("runs")))
            .head()
            .getDouble(0);
    assertThat(shape).isNotZero();
    DedupedLake.assertComputedByHand(known);
  }

  @Test
  void measuresWhatChangedAndAnswersLikeAFullRun() throws IOException {
    Lake lake = changed("changed", 1);
    Lake other = changed("other", 3);
    DedupeOptions decided = DedupeOptions.builder(lake).decisions(decisions()).build();

    List<String> phases = new ArrayList<>();
    DedupeResult result = new DedupeJob(SPARK, decided, phases::add).execute();

    // a1, a2 and a4, and the new b5000.
    assertThat(result.measured()).isEqualTo(4);
    assertThat(phases).contains("dedupe: comparing 5 of 1,102 parts with all, slab 1 of 1");
    assertThat(comparedParts(lake)).as("none that is gone").isEqualTo(1102);
    assertThat(result.known()).isEqualTo(IDENTITIES - 3);
    assertThat(result.issues()).isEqualTo(Map.of("outlier", 1L, "tiny", 2L));
    assertThat(result.duplicatePhotos()).isEqualTo(1);
    assertThat(same(lake)).contains("a3 b5000").doesNotContain("a510 b510");
    Map<String, List<String>> tables = tables(lake, "run_id");
    Map<String, List<String>> sparse = tables(lake, FIGURES);

    // Kept pairs are those that a comparison of all with all finds.
    FileUtils.deleteDirectory(Path.of(URI.create(other.path(NearPartsTable.NAME))).toFile());
    run(DedupeOptions.builder(other).decisions(decisions()).build());
    assertThat(tables(other, "run_id")).as("whatever the order of rows").isEqualTo(tables);

    DedupeResult full = run(afresh(lake));
    assertThat(full.measured()).isEqualTo(IDENTITIES + 1);
    assertThat(tables(lake, FIGURES)).isEqualTo(sparse);
  }

  @Test
  void doesNotBelieveWhatIsHalfThere() throws IOException {
    Lake lake = copy("killed");
    for (String table : List.of(IdentityPartsTable.NAME, NearPartsTable.NAME)) {
      try (Stream<Path> files = Files.list(Path.of(URI.create(lake.path(table))))) {
        Files.delete(files.filter(file -> file.toString().endsWith(".parquet")).findFirst().get());
      }
    }

    DedupeResult result = run(DedupeOptions.of(lake));

    assertThat(result.measured()).isEqualTo(IDENTITIES);
    assertThat(result.notes())
        .satisfiesExactly(
            note ->
                assertThat(note).startsWith("table identity_parts of an earlier run was damaged"),
            note -> assertThat(note).startsWith("table near_parts of an earlier run was damaged"));
    assertThat(tables(lake, "run_id")).isEqualTo(tables(known, "run_id"));
  }

  @Test
  void doesNotMixMeasuresOfTwoCohorts() throws IOException {
    Lake lake = copy("seed");
    // As a run leaves it that was killed between the two tables.
    CohortTable cohort = CohortTable.create(SPARK, lake);
    cohort.replace(cohort.read().where(CohortTable.PLACE + " < 1000").localCheckpoint());

    assertThat(run(DedupeOptions.of(lake)).measured()).as("the same cohort again").isZero();
    DedupeResult other = run(DedupeOptions.builder(lake).seed(7).build());
    assertThat(other.measured()).as("another seed").isEqualTo(IDENTITIES);
    SPARK.sql("UPDATE delta.`%s` SET embedder = 'other'".formatted(lake.path("faces")));
    assertThat(run(DedupeOptions.of(lake)).measured()).as("embedder").isEqualTo(IDENTITIES);
  }

  @Test
  void drawsACohortAnewInALakeThatHasDoubled() throws IOException {
    Lake lake = copy("doubled");
    PeopledLake more = new PeopledLake();
    for (int person = 2000; person <= 2000 + IDENTITIES; person++) {
      more.person("b", "b" + person, person, 0, 1);
    }
    more.into(SPARK, lake, 2, 1);

    DedupeResult result = run(DedupeOptions.of(lake));

    assertThat(result.measured()).isEqualTo(2 * IDENTITIES + 1);
    assertThat(IdentityPartsTable.create(SPARK, lake).read().select("cohort").distinct().count())
        .isEqualTo(1);
  }

  @Test
  void drawsACohortAnewForANewDatasetOfSomeSize() throws IOException {
    Lake lake = copy("third");
    PeopledLake more = new PeopledLake();
    int added = IDENTITIES / 10;
    for (int person = 5000; person < 5000 + added; person++) {
      more.person("c", "c" + person, person, 0, 1);
    }
    more.into(SPARK, lake, 2, 1);

    assertThat(run(DedupeOptions.of(lake)).measured()).isEqualTo(IDENTITIES + added);
  }

  @Test
  void answersExactlyLikeAFullRunInASmallLake() {
    Lake lake = Lake.at(temp.resolve("small").toString());
    few().into(SPARK, lake, 1, 1);
    run(DedupeOptions.of(lake));
    new PeopledLake().person("a", "a1", 1, 8, 9).person("b", "b6", 2, 6, 8).into(SPARK, lake, 1, 1);

    run(DedupeOptions.of(lake));
    Map<String, List<String>> tables = tables(lake, "run_id");
    DedupeResult full = run(afresh(lake));

    assertThat(full.known()).isZero();
    assertThat(tables(lake, "run_id")).isEqualTo(tables);
  }

  private static long comparedParts(Lake lake) {
    return NearPartsTable.create(SPARK, lake).read().where("a = b").count();
  }

  private static PeopledLake few() {
    PeopledLake people = new PeopledLake();
    for (int person = 0; person < 6; person++) {
      people.person("a", "a" + person, person, 0, 3).person("b", "b" + person, person + 3, 3, 6);
    }
    return people;
  }

  /** The known lake with a wrong label, an identity and a copy more, and a photo less. */
  private static Lake changed(String name, int partitions) throws IOException {
    Lake lake = copy(name);
    new PeopledLake()
        .photo("a", "a1", "file:/a/wrong.jpg", "wrong", 7, 9)
        .person("b", "b5000", 3, 5, 7)
        .photo("b", "b5000", "file:/b/copy.jpg", "bytes of " + PeopledLake.uri("a", 3, 0), 3, 0)
        .into(SPARK, lake, partitions, partitions);
    SPARK.sql(
        "DELETE FROM delta.`%s` WHERE uri = '%s'"
            .formatted(lake.path("images"), PeopledLake.uri("a", 2, 0)));
    return lake;
  }

  private static String decisions() throws IOException {
    return Files.writeString(
            temp.resolve("decisions.csv"),
            "decision,dataset_a,identity_a,face_a,dataset_b,identity_b,who,when\n"
                + "different,a,a510,,b,b510,ada,2026-01-01\n"
                + "not-a-face,,,face 0 of file:/a/4/0.jpg,,,ada,2026-01-01\n")
        .toString();
  }

  private static DedupeOptions afresh(Lake lake) {
    return DedupeOptions.builder(lake).afresh(true).build();
  }

  private static Lake copy(String name) throws IOException {
    FileUtils.copyDirectory(new File(URI.create(known.root())), temp.resolve(name).toFile());
    return Lake.at(temp.resolve(name).toString());
  }

  private static DedupeResult run(DedupeOptions options) {
    return new DedupeJob(SPARK, options, phase -> {}).execute();
  }

  private static List<String> same(Lake lake) {
    return MatchesTable.open(SPARK, lake)
        .read()
        .where("verdict = '" + MatchVerdict.SAME.label() + "'")
        .select(MatchesTable.IDENTITY_A, MatchesTable.IDENTITY_B)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0) + " " + row.getString(1))
        .toList();
  }

  /** All rows of the tables that a run writes, in words, without some columns. */
  private static Map<String, List<String>> tables(Lake lake, String... without) {
    Map<String, List<String>> tables = new TreeMap<>();
    for (String table :
        List.of(DuplicatesTable.NAME, LabelIssuesTable.NAME, MatchesTable.NAME, PeopleTable.NAME)) {
      tables.put(
          table,
          SPARK.read().format("delta").load(lake.path(table)).drop(without).collectAsList().stream()
              .map(Row::toString)
              .sorted()
              .toList());
    }
    return tables;
  }
}
