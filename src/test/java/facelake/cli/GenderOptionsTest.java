package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong gender options, which are told before Spark starts. */
class GenderOptionsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "index --input p --dataset d --lake l --gender gender-linear"
            + " | did you mean gender-linear-v1?",
        "index --input p --dataset d --lake l --gender /gone/mine.json"
            + " | there is no file /gone/mine.json",
        "evaluate gender --input p | required",
        "evaluate gender --input p --labels l.csv --folders a,b | mutually exclusive",
        "evaluate gender --input p --folders male | give two names with a comma",
        "evaluate gender --input p --folders male,male | give two names with a comma",
        "evaluate gender --input p --labels l.csv --gender none | labels nothing",
        "evaluate gender --input p --labels l.csv --gender a.json,b.json | names two files",
        "train gender --lake l --labels l.csv --out o.json --folds 1 | --folds is 1",
        "train gender --lake l --labels l.csv --out o.json --unknown-from 0.6 | around one half"
      })
  void saysWhatIsWrong(String line, String message) {
    assertThat(run(line)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void labelsGenderByWhatNeedsNoFile() {
    assertThat(run("index --help")).isZero();
    assertThat(out.toString()).contains("gender-linear-v1 with --embedder resnet-v1");
  }

  private int run(String line) {
    return Main.run(
        new Interruption(), new PrintWriter(out), new PrintWriter(err), line.split(" "));
  }
}
