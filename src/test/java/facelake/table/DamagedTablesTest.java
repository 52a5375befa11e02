package facelake.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import facelake.TestSpark;
import facelake.UserError;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose files were cut, lost or changed by others. */
class DamagedTablesTest {
  private final SparkSession spark = TestSpark.session();

  @TempDir Path folder;
  private Lake lake;
  private Path table;

  @BeforeEach
  void makeTable() {
    lake = Lake.at(folder.resolve("lake").toString());
    table = folder.resolve("lake").resolve(ImagesTable.NAME);
    ImagesTable images = ImagesTable.create(spark, lake);
    images.upsert("d", Rows.of(spark, ImagesTable.SCHEMA, Rows.image(ImagesTable.DATASET, "d")));
    images.upsert("e", Rows.of(spark, ImagesTable.SCHEMA, Rows.image(ImagesTable.DATASET, "e")));
  }

  @Test
  void commitThatWasCut() throws IOException {
    Path commit = log("00000000000000000001.json");
    Files.writeString(commit, Files.readString(commit).substring(0, 200));

    assertTold("table " + lake.path(ImagesTable.NAME) + " is damaged: ", commit.toString());
  }

  @Test
  void commitThatIsGone() throws IOException {
    Files.delete(log("00000000000000000001.json"));

    assertTold("the log of a table is damaged: ", "(0, 2)");
  }

  @Test
  void dataFileThatIsGone() throws IOException {
    Path data = data();
    Files.delete(data);

    assertTold("table " + lake.path(ImagesTable.NAME) + " is damaged: ", data.toString());
  }

  @Test
  void dataFileThatWasCut() throws IOException {
    Path data = data();
    byte[] content = Files.readAllBytes(data);
    Files.write(data, java.util.Arrays.copyOf(content, content.length / 2));

    assertTold("table " + lake.path(ImagesTable.NAME) + " is damaged: ", data.toString());
  }

  @Test
  void tableOfAProtocolThatIsNotKnown() throws IOException {
    Path first = log("00000000000000000000.json");
    Files.writeString(
        first,
        Files.readString(first)
            .replaceFirst(
                "\"protocol\":\\{[^}]*}",
                "\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,"
                    + "\"readerFeatures\":[\"tomorrow\"],\"writerFeatures\":[\"tomorrow\"]}"));

    assertTold("a newer Delta has written this table", "tomorrow");
  }

  @Test
  void storageThatRefusesIsNoDamage() {
    assertThat(told(new FileSystemException("/lake/images/x", null, "No space left on device")))
        .hasValueSatisfying(
            message ->
                assertThat(message)
                    .startsWith("no space is left on the disk of the lake")
                    .contains("/lake/images/x")
                    .endsWith("make room and run it again"));
    assertThat(told(new FileSystemException("/lake/images/x", null, "Read-only file system")))
        .hasValueSatisfying(message -> assertThat(message).startsWith("the storage refuses: "));
    assertThat(told(new java.net.ConnectException("Connection refused")))
        .hasValueSatisfying(message -> assertThat(message).contains("connection to the storage"));
  }

  @Test
  void otherFailuresAreNoFaultOfTheStorage() {
    assertThat(told(new IllegalStateException("a bug"))).isEmpty();
    assertThat(told(new IOException("a bug"))).isEmpty();
  }

  private static Optional<String> told(Exception e) {
    return StorageFault.in(new IllegalStateException("a task failed", e))
        .map(UserError::getMessage);
  }

  private void assertTold(String... parts) {
    DeltaLog.clearCache();
    Throwable failure =
        catchThrowable(() -> ImagesTable.open(spark, lake).read().collectAsList().size());
    assertThat(failure).isNotNull();
    assertThat(StorageFault.in(failure).map(UserError::getMessage))
        .as(failure.toString())
        .hasValueSatisfying(message -> assertThat(message).contains(parts));
  }

  /** A file of the log, without what would tell that it was changed. */
  private Path log(String name) throws IOException {
    Path log = table.resolve("_delta_log");
    for (Path sum : list(log).stream().filter(file -> file.toString().endsWith(".crc")).toList()) {
      Files.delete(sum);
    }
    return log.resolve(name);
  }

  private Path data() throws IOException {
    Path partition = table.resolve("dataset=d");
    for (Path sum :
        list(partition).stream().filter(file -> file.toString().endsWith(".crc")).toList()) {
      Files.delete(sum);
    }
    return list(partition).get(0);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
