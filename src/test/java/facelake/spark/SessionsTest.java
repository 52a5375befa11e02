package facelake.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import java.nio.file.Path;
import org.apache.spark.sql.RuntimeConfig;
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
