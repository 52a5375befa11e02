package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestData;
import facelake.TestJvm;
import facelake.TestSpark;
import facelake.step.source.Layout;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index run whose lake cannot be reached any more half-way. */
class LostStorageIT {
  private static final String DATASET = "johns";
  private static final int PHOTOS = 11;

  private final Path photos = TestData.dlibExamples().resolve("johns/John_Simm");
  @TempDir private Path temp;
  private Path down;
  private Path lake;

  @Test
  void saysSoAndGoesOnWhenTheStorageIsThereAgain() throws Exception {
    down = temp.resolve("down");
    lake = temp.resolve("lake");
    KilledRun tables = new KilledRun(temp, lake);
    Process run = start();
    while (tables.commits(ImagesTable.NAME, "MERGE") < 1) {
      assertThat(run.isAlive()).as("until a chunk was committed").isTrue();
      Thread.sleep(5);
    }
    Files.createFile(down);

    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor()).as(said).isEqualTo(2);
    assertThat(said)
        .contains("facelake: the connection to the storage was lost: ", "Connection refused")
        .contains("the same command goes on from there");
    assertThat(images(Lake.at(lake.toString())).size()).isBetween(1, PHOTOS - 1);

    Files.delete(down);
    Process again = start();
    said = new String(again.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(again.waitFor()).as(said).isZero();
    Lake calm = Lake.at(temp.resolve("calm").toString());
    EmbeddedIndex.run(photos, Layout.FLAT, DATASET, calm);
    assertThat(images(Lake.at(lake.toString()))).hasSize(PHOTOS).isEqualTo(images(calm));
    assertThat(faces(Lake.at(lake.toString()))).isNotEmpty().isEqualTo(faces(calm));
  }

  private Process start() throws IOException, ClassNotFoundException {
    return TestJvm.start(
        Class.forName("facelake.cli.Main"),
        List.of(
            "-Dlog4j2.configurationFile=conf/log4j2.properties",
            "-Dspark.master=local[2]",
            "-Dspark.hadoop.fs.flaky.impl=" + FlakyFileSystem.class.getName(),
            "-Dspark.hadoop." + FlakyFileSystem.DOWN + "=" + down,
            "-Dspark.delta.logStore.flaky.impl=io.delta.storage.LocalLogStore"),
        "index",
        "--input",
        photos.toString(),
        "--dataset",
        DATASET,
        "--lake",
        FlakyFileSystem.SCHEME + ":" + lake,
        "--chunk-images",
        "3");
  }

  private static List<Row> images(Lake lake) {
    return ImagesTable.open(TestSpark.session(), lake)
        .read()
        .drop(ImagesTable.RUN_ID, ImagesTable.PROCESSED_AT)
        .orderBy(ImagesTable.URI)
        .collectAsList();
  }

  private static List<Row> faces(Lake lake) {
    return FacesTable.open(TestSpark.session(), lake)
        .read()
        .drop(FacesTable.RUN_ID)
        .orderBy(FacesTable.FACE_ID)
        .collectAsList();
  }
}
