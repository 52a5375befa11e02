package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestData;
import facelake.TestLauncher;
import facelake.TestLauncher.Outcome;
import facelake.TestSpark;
import facelake.step.source.Layout;
import facelake.table.FacesTable;
import facelake.table.Lake;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.nio.file.Path;
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
        TestLauncher.run(
            cluster.environment(),
            "--master",
            cluster.url(),
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
