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
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Index runs that are killed and started again. */
class KilledRunIT {
  private static final int PHOTOS_A_PERSON = 2;
  private static final int PHOTOS = 10;
  private static final int CHUNK = 2;
  private static final String DATASET = "johns";

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path temp;
  private Path photos;
  private Path lake;
  private KilledRun runs;

  @BeforeEach
  void copyPhotos() throws IOException {
    photos = temp.resolve("photos");
    lake = temp.resolve("lake");
    runs = new KilledRun(temp, lake);
    for (Path person : list(TestData.dlibExamples().resolve("johns"))) {
      Path folder = Files.createDirectories(photos.resolve(person.getFileName()));
      for (Path photo : list(person).subList(0, PHOTOS_A_PERSON)) {
        Files.copy(photo, folder.resolve(photo.getFileName()));
      }
    }
  }

  @Test
  void killsNeitherLoseNorDoubleRows() throws Exception {
    killWhen(
        "faces are ahead of images", () -> imageCommits() >= 1 && faceCommits() > imageCommits());
    assertThat(facesWithoutImage()).isBetween(1L, (long) CHUNK);
    long done = images(lake).count();
    assertThat(done).isBetween((long) CHUNK, (long) PHOTOS - CHUNK);

    killWhen("orphans were deleted", () -> runs.commits(FacesTable.NAME, "MERGE") == 1);
    assertThat(facesWithoutImage()).isLessThanOrEqualTo(CHUNK);
    assertThat(images(lake).count()).isEqualTo(done);

    int before = imageCommits();
    killWhen("one more chunk is whole", () -> imageCommits() > before);
    assertThat(facesWithoutImage()).isLessThanOrEqualTo(CHUNK);
    done = images(lake).count();
    assertThat(done).isLessThan(PHOTOS);

    Outcome last = TestLauncher.run(command());
    assertThat(last.exit()).as(last.err()).isZero();
    List<RunRecord> runs = RunsTable.open(spark, Lake.at(lake.toString())).records();
    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).counts().images()).isEqualTo(PHOTOS - done);
    assertThat(runs.get(0).counts().unchanged()).isEqualTo(done);

    Path calm = temp.resolve("calm");
    EmbeddedIndex.run(photos, Layout.IDENTITY_FOLDERS, DATASET, Lake.at(calm.toString()));
    assertThat(rows(images(lake), ImagesTable.URI)).isEqualTo(rows(images(calm), ImagesTable.URI));
    assertThat(rows(faces(lake), FacesTable.FACE_ID))
        .hasSize(PHOTOS)
        .isEqualTo(rows(faces(calm), FacesTable.FACE_ID));

    Outcome again = TestLauncher.run(command());
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).contains("nothing to do, all 10 images are known");
  }

  private String[] command() {
    return new String[] {
      "index",
      "--input",
      photos.toString(),
      "--layout",
      "identity-folders",
      "--dataset",
      DATASET,
      "--lake",
      lake.toString(),
      "--chunk-images",
      String.valueOf(CHUNK)
    };
  }

  private void killWhen(String what, BooleanSupplier moment) throws Exception {
    runs.killWhen(what, moment, Map.of(), command());
  }

  private int imageCommits() {
    return runs.commits(ImagesTable.NAME, "MERGE");
  }

  private int faceCommits() {
    return runs.commits(FacesTable.NAME, "WRITE");
  }

  private long facesWithoutImage() {
    return faces(lake)
        .join(images(lake), new String[] {ImagesTable.URI, ImagesTable.RUN_ID}, "left_anti")
        .count();
  }

  private Dataset<Row> images(Path of) {
    return ImagesTable.open(spark, Lake.at(of.toString())).read();
  }

  private Dataset<Row> faces(Path of) {
    return FacesTable.open(spark, Lake.at(of.toString())).read();
  }

  /** What does not depend on the run. */
  private static List<Row> rows(Dataset<Row> table, String key) {
    return table.drop(ImagesTable.RUN_ID, ImagesTable.PROCESSED_AT).orderBy(key).collectAsList();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
