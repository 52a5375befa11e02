package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.table.Lake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration OLD = ScratchFolder.LEFT_AFTER.plus(HOUR);

  @TempDir private Path lake;

  @Test
  void closingRemovesTheFolderWithItsContent() throws IOException {
    try (ScratchFolder scratch = open(lake)) {
      Files.createDirectories(Path.of(URI.create(scratch.uri())).resolve("parts"));
      assertThat(lake).isNotEmptyDirectory();
    }
    assertThat(lake).isEmptyDirectory();
  }

  @Test
  void openingRemovesWhatKilledRunsHaveLeft() throws IOException {
    Path cluster = folder("_cluster_" + UUID.randomUUID(), OLD, OLD);
    Path dedupe = folder("_dedupe_" + UUID.randomUUID(), OLD, OLD);
    open(lake);

    assertThat(cluster).doesNotExist();
    assertThat(dedupe).doesNotExist();
  }

  @Test
  void openingLeavesARunAloneThatMayStillWork() throws IOException {
    Path young = folder("_dedupe_" + UUID.randomUUID(), HOUR, HOUR);
    Path stillWriting = folder("_dedupe_" + UUID.randomUUID(), OLD, HOUR);
    open(lake);

    assertThat(young).isNotEmptyDirectory();
    assertThat(stillWriting).isNotEmptyDirectory();
  }

  @Test
  void openingTakesNothingThatIsNoScratchFolder() throws IOException {
    List<Path> others =
        List.of(
            folder("people", OLD, OLD),
            folder("_dedupe_notes", OLD, OLD),
            folder("my_dedupe_" + UUID.randomUUID(), OLD, OLD));
    open(lake);

    assertThat(others).allSatisfy(other -> assertThat(other).isNotEmptyDirectory());
  }

  @Test
  void aLakeNeedNotExistYet() {
    open(lake.resolve("new")).close();

    assertThat(lake).isEmptyDirectory();
  }

  private static ScratchFolder open(Path lake) {
    return ScratchFolder.open(
        Lake.at(lake.toString()), "dedupe", UUID.randomUUID().toString(), new Configuration());
  }

  /** A folder of some age with a file of some age, two folders below. */
  private Path folder(String name, Duration age, Duration ageOfFile) throws IOException {
    Path folder = lake.resolve(name);
    Path file = folder.resolve("parts/_temporary/part-0");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "rows");
    age(folder, age);
    age(file, ageOfFile);
    return folder;
  }

  static void ageAll(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        age(path, OLD);
      }
    }
  }

  private static void age(Path path, Duration age) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
  }
}
