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
  private static final int PHOTOS = 55;

  private final Path photos = TestData.dlibExamples().resolve("johns");
  @TempDir private Path temp;
  private Path lake;

  @BeforeEach
  void nameLake() {
    lake = temp.resolve("lake");
  }

  @Test
  void ofOneDatasetTheSecondSaysThatTheFirstIsAtWork() throws Exception {
    Process first = start("johns");
    Outcome second = TestLauncher.run(command("johns"));

    assertThat(second.exit()).as(second.err()).isEqualTo(2);
    assertThat(second.err())
        .contains("index of dataset johns is at work on this lake (process " + first.pid());
    assertThat(first.waitFor()).isZero();
    requireSameAsAlone("johns");
    assertThat(TestLauncher.run(command("johns")).out())
        .contains("nothing to do, all 55 images are known");
  }

  @Test
  void ofTwoDatasetsBothSucceed() throws Exception {
    Process first = start("johns");
    Outcome second = TestLauncher.run(command("others"));

    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(first.waitFor()).isZero();
    requireSameAsAlone("johns");
    requireSameAsAlone("others");
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

  private String[] command(String dataset) {
    return new String[] {
      "index",
      "--input",
      photos.toString(),
      "--layout",
      "identity-folders",
      "--dataset",
      dataset,
      "--lake",
      lake.toString(),
      "--chunk-images",
      "5"
    };
  }

  private void requireSameAsAlone(String dataset) {
    Lake alone = Lake.at(temp.resolve("alone-" + dataset).toString());
    EmbeddedIndex.run(photos, Layout.IDENTITY_FOLDERS, dataset, alone);
    Lake both = Lake.at(lake.toString());
    assertThat(images(both, dataset)).hasSize(PHOTOS).isEqualTo(images(alone, dataset));
    assertThat(faces(both, dataset)).isNotEmpty().isEqualTo(faces(alone, dataset));
  }

  private static List<Row> images(Lake lake, String dataset) {
    Dataset<Row> rows = ImagesTable.open(TestSpark.session(), lake).read();
    return rows.where(rows.col(ImagesTable.DATASET).equalTo(dataset))
        .drop(ImagesTable.RUN_ID, ImagesTable.PROCESSED_AT)
        .orderBy(ImagesTable.URI)
        .collectAsList();
  }

  private static List<Row> faces(Lake lake, String dataset) {
    Dataset<Row> rows = FacesTable.open(TestSpark.session(), lake).read();
    return rows.where(rows.col(FacesTable.DATASET).equalTo(dataset))
        .drop(FacesTable.RUN_ID)
        .orderBy(FacesTable.FACE_ID)
        .collectAsList();
  }
}
