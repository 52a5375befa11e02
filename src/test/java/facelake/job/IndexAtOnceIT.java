package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestData;
import facelake.TestLauncher;
import facelake.TestLauncher.Outcome;
import facelake.TestSpark;
import facelake.step.source.Layout;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Index runs of one lake at once, each a process of its own. */
class IndexAtOnceIT {
  private static final int PHOTOS = 11;

  private final Path photos = TestData.dlibExamples().resolve("johns/John_Simm");
  @TempDir private Path temp;
  private Path lake;

  @BeforeEach
  void nameLake() {
    lake = temp.resolve("lake");
  }

  @Test
  void oneRunADatasetAndBothDatasetsWhole() throws Exception {
    Process first = start("johns");
    long jvm = jvm(first).pid();
    Outcome same = TestLauncher.run(command("johns"));
    Outcome other = TestLauncher.run(command("others"));

    assertThat(same.exit()).as(same.err()).isEqualTo(2);
    assertThat(same.err())
        .contains("index of dataset johns is at work on this lake (process " + jvm);
    assertThat(other.exit()).as(other.err()).isZero();
    assertThat(first.waitFor()).isZero();

    Lake both = Lake.at(lake.toString());
    Lake alone = Lake.at(temp.resolve("alone").toString());
    EmbeddedIndex.run(photos, Layout.FLAT, "johns", alone);
    for (String dataset : List.of("johns", "others")) {
      assertThat(images(both, dataset)).hasSize(PHOTOS).isEqualTo(images(alone, "johns"));
      assertThat(faces(both, dataset)).isNotEmpty().isEqualTo(faces(alone, "johns"));
    }
  }

  /** A run that has begun to work. */
  private Process start(String dataset) throws Exception {
    Path log = temp.resolve(dataset + ".log");
    Process run =
        TestLauncher.command(command(dataset))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    while (!Files.isDirectory(lake.resolve("_claims"))) {
      assertThat(run.isAlive()).as(Files.readString(log)).isTrue();
      Thread.sleep(5);
    }
    return run;
  }

  /** The launcher of {@code index} watches over the JVM. */
  private static ProcessHandle jvm(Process launcher) {
    return launcher.children().findFirst().orElseThrow();
  }

  private String[] command(String dataset) {
    return new String[] {
      "index",
      "--input",
      photos.toString(),
      "--dataset",
      dataset,
      "--lake",
      lake.toString(),
      "--chunk-images",
      "2"
    };
  }

  private static List<Row> images(Lake lake, String dataset) {
    Dataset<Row> rows = ImagesTable.open(TestSpark.session(), lake).read();
    return rows.where(rows.col(ImagesTable.DATASET).equalTo(dataset))
        .drop(ImagesTable.DATASET, ImagesTable.RUN_ID, ImagesTable.PROCESSED_AT)
        .orderBy(ImagesTable.URI)
        .collectAsList();
  }

  private static List<Row> faces(Lake lake, String dataset) {
    Dataset<Row> rows = FacesTable.open(TestSpark.session(), lake).read();
    return rows.where(rows.col(FacesTable.DATASET).equalTo(dataset))
        .drop(FacesTable.DATASET, FacesTable.FACE_ID, FacesTable.RUN_ID)
        .orderBy(FacesTable.URI, FacesTable.BOX)
        .collectAsList();
  }
}
