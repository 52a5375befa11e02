package facelake.spark;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestSpark;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class GeneratedCodeTest {
  private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";
  private static final String FACTORY_MODE = "spark.sql.codegen.factoryMode";

  @Test
  void isLeftOutUntilManyRowsAskForIt() {
    SparkConf conf = new SparkConf(false);
    GeneratedCode.leaveOut(conf);
    SparkSession session = session(conf);

    GeneratedCode.useFor(session, 499_999);
    assertThat(session.conf().get(WHOLE_STAGE)).isEqualTo("false");
    assertThat(session.conf().get(FACTORY_MODE)).isEqualTo("NO_CODEGEN");

    GeneratedCode.useFor(session, 500_000);
    assertThat(session.conf().get(WHOLE_STAGE)).isEqualTo("true");
    assertThat(session.conf().get(FACTORY_MODE)).isEqualTo("FALLBACK");
  }

  @Test
  void leavesWhatWasGiven() {
    SparkConf conf = new SparkConf(false).set(WHOLE_STAGE, "false");
    GeneratedCode.leaveOut(conf);
    assertThat(conf.getAll()).hasSize(1);
    SparkSession session = session(conf);

    GeneratedCode.useFor(session, 1_000_000);

    assertThat(session.conf().get(WHOLE_STAGE)).isEqualTo("false");
  }

  /** A session with settings of its own. */
  private static SparkSession session(SparkConf conf) {
    SparkSession session = TestSpark.session().newSession();
    for (scala.Tuple2<String, String> setting : conf.getAll()) {
      session.conf().set(setting._1(), setting._2());
    }
    return session;
  }
}
