package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestData;
import facelake.TestLauncher;
import facelake.TestLauncher.Outcome;
import facelake.TestSpark;
import facelake.step.source.Layout;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Index runs over images that end the process with a real segmentation fault, or never end. */
class CrashedRunIT {
  private static final int PHOTOS_A_PERSON = 2;
  private static final int PHOTOS = 10;
  private static final String DATASET = "johns";
  private static final String CRASHED = "crashed in native code (exit status 134";

  private final SparkSession spark = TestSpark.session();
  private final List<String> names = new ArrayList<>();
  @TempDir private Path temp;
  private Path photos;
  private Path lake;

  @BeforeEach
  void copyPhotos() throws IOException {
    photos = temp.resolve("photos");
    lake = temp.resolve("lake");
    for (Path person : list(TestData.dlibExamples().resolve("johns"))) {
      Path folder = Files.createDirectories(photos.resolve(person.getFileName()));
      for (Path photo : list(person).subList(0, PHOTOS_A_PERSON)) {
        Files.copy(photo, folder.resolve(photo.getFileName()));
        names.add(person.getFileName() + "/" + photo.getFileName());
      }
    }
  }

  @Test
  void imagesThatCrashNativeCodeOrHangCostThemselves() throws IOException {
    // Both in the second of three chunks: the runs that are started again find the first one done.
    String crashing = names.get(5);
    String hanging = names.get(7);
    Outcome run =
        run(
            "crash:" + crashing + ",hang:" + hanging,
            "--image-timeout",
            "3",
            "--chunk-images",
            "4");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(crashes(run)).as(run.err()).isEqualTo(3);
    assertThat(run.out())
        .startsWith("johns: 6 images")
        .contains("4 faces", "images failed: native-crash 1, timeout 1");
    assertThat(failures()).containsExactly(crashing + " native-crash", hanging + " timeout");
    assertThat(messageOf(crashing))
        .startsWith("The process died 2 times while it worked on this image alone, the last time ");
    assertThat(messageOf(hanging))
        .isEqualTo("It took more than 3 seconds to decode it and to find its faces");
    requireAllButAsCalm(List.of(crashing, hanging));
    assertThat(journal()).isEmpty();
  }

  @Test
  void tooManyStopTheRunAndTheNextKnowsThem() throws IOException {
    String culprit = names.get(1);
    Outcome run = run("crash:" + culprit, "--max-crashes", "0");

    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(crashes(run)).as(run.err()).isEqualTo(3);
    assertThat(run.err())
        .contains("images that crash native code: 1, more than --max-crashes 0: ")
        .contains(culprit, "/lake/_journal_");
    assertThat(images(lake).count()).isZero();
    assertThat(faces(lake).count()).isZero();
    // A run that ends in order suspects nobody besides.
    assertThat(inJournal(".alone-1")).isEqualTo(1);
    assertThat(inJournal(".alone-2")).isEqualTo(1);

    Outcome again = run("crash:" + culprit);
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(crashes(again)).as(again.err()).isZero();
    assertThat(failures()).containsExactly(culprit + " native-crash");
    requireAllButAsCalm(List.of(culprit));
    assertThat(journal()).isEmpty();
  }

  @Test
  void anEndFromOutsideProvesNothingAgainstTheImageInHand() throws Exception {
    String slow = names.get(4);
    KilledRun runs = new KilledRun(temp, lake);
    Map<String, String> environment = faults("hang:" + slow);
    runs.killWhen("tasks are at work", () -> inJournal(".claim") == 2, environment, command());
    // What is not the slow image is in hand for an instant.
    String alone = "the slow image is in hand alone";
    runs.terminateWhen(alone, () -> noteStays(slow), environment, command());
    assertThat(inJournal(".alone-1")).isZero();
    runs.killWhen(alone, () -> noteStays(slow), environment, command());
    assertThat(inJournal(".alone-1")).isEqualTo(1);

    Outcome run = TestLauncher.run(command());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(failures()).isEmpty();
    requireAllButAsCalm(List.of());
    assertThat(journal()).isEmpty();
  }

  private Outcome run(String faults, String... more) {
    return TestLauncher.run(faults(faults), command(more));
  }

  private static int crashes(Outcome run) {
    return run.err().split(Pattern.quote(CRASHED), -1).length - 1;
  }

  private Map<String, String> faults(String faults) {
    return Map.of(
        "FACELAKE_JAVA_OPTIONS",
        "-XX:TieredStopAtLevel=1 -Dfacelake.fault=" + faults,
        "TMPDIR", // for the reports of the JVM
        temp.toString());
  }

  private String[] command(String... more) {
    List<String> command = new ArrayList<>(List.of("index", "--dataset", DATASET));
    command.addAll(List.of("--input", photos.toString(), "--layout", "identity-folders"));
    command.addAll(List.of("--lake", lake.toString()));
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }

  /** The names of failed images and why, sorted. */
  private List<String> failures() {
    return images(lake)
        .where(col(ImagesTable.FAILURE_CLASS).isNotNull())
        .orderBy(ImagesTable.URI)
        .collectAsList()
        .stream()
        .map(row -> name(row.getAs(ImagesTable.URI)) + " " + row.getAs(ImagesTable.FAILURE_CLASS))
        .toList();
  }

  private String messageOf(String name) {
    return images(lake)
        .where(col(ImagesTable.URI).endsWith(name))
        .head()
        .getAs(ImagesTable.FAILURE_MESSAGE);
  }

  private String name(String uri) {
    return names.stream().filter(uri::endsWith).findFirst().orElseThrow();
  }

  private void requireAllButAsCalm(List<String> names) {
    Path calm = temp.resolve("calm");
    EmbeddedIndex.run(photos, Layout.IDENTITY_FOLDERS, DATASET, Lake.at(calm.toString()));
    assertThat(rowsBut(names, images(lake), ImagesTable.URI))
        .hasSize(PHOTOS - names.size())
        .isEqualTo(rowsBut(names, images(calm), ImagesTable.URI));
    assertThat(faces(lake).count()).isEqualTo(PHOTOS - names.size());
    assertThat(rowsBut(names, faces(lake), FacesTable.FACE_ID))
        .isEqualTo(rowsBut(names, faces(calm), FacesTable.FACE_ID));
  }

  private static List<Row> rowsBut(List<String> names, Dataset<Row> table, String key) {
    Dataset<Row> rows = table.drop(ImagesTable.RUN_ID, ImagesTable.PROCESSED_AT);
    for (String name : names) {
      rows = rows.where(not(col(ImagesTable.URI).endsWith(name)));
    }
    return rows.orderBy(key).collectAsList();
  }

  private boolean noteStays(String name) {
    try {
      for (Path file : journal()) {
        if (file.toString().endsWith(".alone-1") && Files.readString(file).endsWith(name)) {
          return true;
        }
      }
      return false;
    } catch (IOException taken) {
      return false;
    }
  }

  private long inJournal(String suffix) {
    try {
      return journal().stream().filter(file -> file.toString().endsWith(suffix)).count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Path> journal() throws IOException {
    if (!Files.isDirectory(lake)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    for (Path folder : list(lake)) {
      if (folder.getFileName().toString().startsWith("_journal_")) {
        files.addAll(list(folder));
      }
    }
    return files;
  }

  private Dataset<Row> images(Path of) {
    return ImagesTable.open(spark, Lake.at(of.toString())).read();
  }

  private Dataset<Row> faces(Path of) {
    return FacesTable.open(spark, Lake.at(of.toString())).read();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
