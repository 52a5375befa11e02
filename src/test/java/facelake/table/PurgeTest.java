package facelake.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeTest {
  private final SparkSession spark = TestSpark.session();
  @TempDir private Path temp;

  @Test
  void leavesOneVersionAndNothingOfKilledWriters() throws IOException {
    Path folder = temp.resolve("numbers");
    for (int commit = 0; commit < 3; commit++) {
      spark.range(4).write().format("delta").mode("append").save(folder.toString());
    }
    Path log = folder.resolve("_delta_log");
    Files.writeString(log.resolve(".00000000000000000001.json.f00d.tmp"), "of a killed writer");
    Files.createDirectories(folder.resolve("dataset=ann"));
    TableByName table = TableByName.open(spark, Lake.at(temp.toString()), "numbers");

    assertThatThrownBy(
            () ->
                TableByName.purge(
                    spark,
                    List.of(table),
                    () -> {
                      throw new UserError("another run has taken over");
                    }))
        .isInstanceOf(UserError.class)
        .hasMessage("another run has taken over");
    assertThat(log.resolve("00000000000000000000.json")).exists();

    TableByName.purge(spark, List.of(table), () -> {});

    assertThat(table.read().count()).isEqualTo(12);
    assertThat(folder.resolve("dataset=ann")).doesNotExist();
    try (Stream<Path> files = Files.list(log)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !(name.startsWith(".") && name.endsWith(".crc")))
              .toList();
      assertThat(names)
          .allMatch(
              name -> name.equals("_last_checkpoint") || name.startsWith("00000000000000000004."))
          .contains("_last_checkpoint", "00000000000000000004.checkpoint.parquet");
    }
  }
}
