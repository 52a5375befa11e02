package facelake.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  @Test
  void embeddedSessionKeepsToThisMachineAndItsTemporaryFolder() {
    RuntimeConfig conf = TestSpark.session().conf();

    assertThat(conf.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.driver.host")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
    assertThat(conf.get("spark.sql.warehouse.dir"))
        .startsWith("file:" + System.getProperty("java.io.tmpdir"));
    assertThat(conf.get("spark.sql.session.timeZone")).isEqualTo("UTC");
    assertThat(conf.get("spark.authenticate")).isEqualTo("true");
  }

  @Test
  void whatSparkPutsOnDiskIsOfThisUserAlone() throws IOException {
    SparkSession spark = TestSpark.session();
    spark.range(100).repartition(3).count();

    Path folder = Path.of(spark.conf().get("spark.local.dir"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files).anyMatch(file -> file.getFileName().toString().startsWith("shuffle_"));
    }
  }

  @Test
  void refusesHomeWithoutSettings(@TempDir Path empty) {
    System.setProperty("facelake.home", empty.toString());
    try {
      assertThatThrownBy(() -> Sessions.open("test"))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "cannot read Spark's settings from %s; start with jobs/facelake, or set"
                  + " -Dfacelake.home to the folder of facelake",
              empty.resolve("conf/spark-defaults.conf"));
    } finally {
      System.clearProperty("facelake.home");
    }
  }

  @Test
  void refusesSparkSubmitWithoutDelta() {
    System.setProperty("spark.submit.deployMode", "client");
    try {
      assertThatThrownBy(() -> Sessions.open("test"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("start it with --properties-file conf/spark-defaults.conf");
    } finally {
      System.clearProperty("spark.submit.deployMode");
    }
  }
}
