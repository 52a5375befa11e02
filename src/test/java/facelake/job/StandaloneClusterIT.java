package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.Sha256;
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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
    Outcome outcome = run(index(lake));

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    RunRecord run = RunsTable.open(spark, lake).records().get(0);
    assertThat(run.executors()).isEqualTo(2);
    assertThat(run.modelLoads()).isEqualTo(2);
    assertThat(run.selfCheck()).isBetween(0.0, 1e-4);
    assertThat(run.counts().images()).isEqualTo(55);
    assertThat(faces(lake)).isEqualTo(faces(embeddedRun()));
  }

  @Test
  void anExecutorThatIsKilledCostsNothing() throws Exception {
    Lake lake = Lake.at(temp.resolve("lake-of-killed").toString());
    CompletableFuture<Outcome> run = CompletableFuture.supplyAsync(() -> run(index(lake)));
    while (!Files.isDirectory(journal(lake))) {
      assertThat(run).isNotDone();
      Thread.sleep(5);
    }
    cluster.killExecutor();

    assertThat(run.get().exit()).as(run.get().err()).isZero();
    assertThat(run.get().err()).contains("Lost executor");
    assertThat(RunsTable.open(spark, lake).records().get(0).counts().failed()).isZero();
    assertThat(faces(lake)).isEqualTo(faces(embeddedRun()));
    assertThat(journal(lake)).doesNotExist();
  }

  @Test
  void anImageThatCrashesExecutorsCostsItself() {
    Lake lake = Lake.at(temp.resolve("lake-of-crashed").toString());
    String culprit = "John_Salley/000179_02159509.jpg";
    assertThat(photos.resolve(culprit)).exists();
    Map<String, String> environment = new HashMap<>(cluster.environment());
    environment.merge(
        "FACELAKE_JAVA_OPTIONS",
        "-Dfacelake.fault=crash:" + culprit,
        (all, more) -> all + " " + more);
    Outcome outcome = run(environment, index(lake));

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(RunsTable.open(spark, lake).records().get(0).failures())
        .isEqualTo(Map.of("native-crash", 1L));
    assertThat(faces(lake))
        .hasSize(54)
        .isEqualTo(
            faces(embeddedRun()).stream()
                .filter(face -> !face.<String>getAs(FacesTable.URI).endsWith(culprit))
                .toList());
    assertThat(journal(lake)).doesNotExist();
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

  private String[] index(Lake lake) {
    return new String[] {
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
      "28"
    };
  }

  /** What {@link facelake.step.journal.CrashJournal} keeps while a run is at work. */
  private static Path journal(Lake lake) {
    String name = Sha256.hex(DATASET.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    return Path.of(URI.create(lake.path("_journal_" + name)));
  }

  private static Outcome run(String... command) {
    return run(cluster.environment(), command);
  }

  private static Outcome run(Map<String, String> environment, String... command) {
    List<String> all = new ArrayList<>(List.of("--master", cluster.url()));
    all.addAll(List.of(command));
    return TestLauncher.run(environment, all.toArray(String[]::new));
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
