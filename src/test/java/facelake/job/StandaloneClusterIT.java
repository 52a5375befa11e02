package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestData;
import facelake.TestLauncher;
import facelake.TestLauncher.Outcome;
import facelake.TestSpark;
import facelake.step.source.Layout;
import facelake.table.DuplicatesTable;
import facelake.table.FacesTable;
import facelake.table.LabelIssuesTable;
import facelake.table.Lake;
import facelake.table.MatchesTable;
import facelake.table.PeopleTable;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher on a cluster: two executors, each a JVM of its own. */
class StandaloneClusterIT {
  private static final String DATASET = "johns";

  @TempDir private static Path temp;
  private static StandaloneCluster cluster;

  private final SparkSession spark = TestSpark.session();
  private final Path photos = TestData.dlibExamples().resolve("johns");

  @BeforeAll
  static void start() throws Exception {
    cluster = StandaloneCluster.start(temp.resolve("spark"), 2);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void eachExecutorLoadsTheModelsOnceAndFindsTheSameFaces() {
    Lake lake = Lake.at(temp.resolve("lake").toString());
    Outcome outcome =
        run(
            "index",
            "--input",
            photos.toString(),
            "--layout",
            "identity-folders",
            "--dataset",
            DATASET,
            "--lake",
            lake.root(),
            "--chunk-images",
            "28");

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    RunRecord run = RunsTable.open(spark, lake).records().get(0);
    assertThat(run.executors()).isEqualTo(2);
    assertThat(run.modelLoads()).isEqualTo(2);
    assertThat(run.selfCheck()).isBetween(0.0, 1e-4);
    assertThat(run.counts().images()).isEqualTo(55);
    assertThat(faces(lake)).isEqualTo(faces(embeddedRun()));
  }

  @Test
  void dedupeGivesTheTablesThatOneMachineGives() {
    Lake lake = PeopledLake.ofThreeDatasets().into(spark, peopled("on-cluster"), 3, 1);
    Lake embedded = PeopledLake.ofThreeDatasets().into(spark, peopled("on-one-machine"), 2, 2);
    Outcome outcome = run("dedupe", "--lake", lake.root());
    new DedupeJob(spark, DedupeOptions.of(embedded), phase -> {}).execute();

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    for (String table :
        List.of(MatchesTable.NAME, LabelIssuesTable.NAME, DuplicatesTable.NAME, PeopleTable.NAME)) {
      assertThat(DedupedLake.rows(lake, table))
          .as(table)
          .isNotEmpty()
          .isEqualTo(DedupedLake.rows(embedded, table));
    }
  }

  private static Lake peopled(String name) {
    return Lake.at(temp.resolve(name).toString());
  }

  private static Outcome run(String... command) {
    List<String> all = new ArrayList<>(List.of("--master", cluster.url()));
    all.addAll(List.of(command));
    return TestLauncher.run(cluster.environment(), all.toArray(String[]::new));
  }

  private Lake embeddedRun() {
    Lake lake = Lake.at(temp.resolve("embedded").toString());
    EmbeddedIndex.run(photos, Layout.IDENTITY_FOLDERS, DATASET, lake);
    return lake;
  }

  private List<Row> faces(Lake lake) {
    return FacesTable.open(spark, lake)
        .read()
        .drop(FacesTable.RUN_ID)
        .orderBy(FacesTable.FACE_ID)
        .collectAsList();
  }
}
