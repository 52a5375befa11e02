package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintainJobTest {
  private final SparkSession spark = TestSpark.session();
  @TempDir private Path temp;

  @Test
  void putsFilesTogetherAndKeepsRowsAndTheVersionsThatAreYoung() throws IOException {
    Path folder = temp.resolve("lake");
    Lake lake = Lake.at(folder.toString());
    for (int part = 0; part < 4; part++) {
      new PeopledLake().person("a", "a" + part, part, 0, 2).into(spark, lake, 1, 1);
    }
    List<String> images = DedupedLake.rows(lake, ImagesTable.NAME);
    List<String> faces = DedupedLake.rows(lake, FacesTable.NAME);
    long files = parquet(folder.resolve(FacesTable.NAME));

    Map<String, MaintainResult.Table> young = maintain(lake, Duration.ofDays(7));

    assertThat(young).containsOnlyKeys(FacesTable.NAME, ImagesTable.NAME);
    assertThat(young.get(FacesTable.NAME).before().files()).isEqualTo(4);
    assertThat(young.get(FacesTable.NAME).after().files()).isEqualTo(1);
    assertThat(parquet(folder.resolve(FacesTable.NAME))).as("old ones stay").isEqualTo(files + 1);
    assertThat(version(lake, 1)).isLessThan(faces.size());

    MaintainResult.Table none = maintain(lake, Duration.ZERO).get(FacesTable.NAME);

    assertThat(none.before()).as("nothing is left to do").isEqualTo(none.after());
    assertThat(none.diskAfter()).isLessThan(none.diskBefore());
    assertThat(parquet(folder.resolve(FacesTable.NAME))).isEqualTo(1);
    assertThat(DedupedLake.rows(lake, ImagesTable.NAME)).isEqualTo(images);
    assertThat(DedupedLake.rows(lake, FacesTable.NAME)).isEqualTo(faces);
  }

  @Test
  void refusesAFolderWithoutTablesAndALakeAtWork() {
    Lake lake = Lake.at(temp.toString());
    assertThatThrownBy(() -> maintain(lake, Duration.ZERO))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("there are no tables in lake");

    new PeopledLake().person("a", "a0", 0, 0, 1).into(spark, lake, 1, 1);
    try (RunClaim index =
        RunClaim.shared(
            lake, "index of dataset a", "run", spark.sparkContext().hadoopConfiguration())) {
      assertThatThrownBy(() -> maintain(lake, Duration.ZERO))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("index of dataset a is at work on this lake");
      index.requireHeld();
    }
  }

  private Map<String, MaintainResult.Table> maintain(Lake lake, Duration keep) {
    return new MaintainJob(spark, lake, keep, phase -> {})
        .execute().tables().stream()
            .collect(Collectors.toMap(MaintainResult.Table::name, Function.identity()));
  }

  private long version(Lake lake, int number) {
    return spark
        .read()
        .format("delta")
        .option("versionAsOf", number)
        .load(lake.path(FacesTable.NAME))
        .count();
  }

  private static long parquet(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .filter(file -> !file.toString().contains("_delta_log"))
          .count();
    }
  }
}
