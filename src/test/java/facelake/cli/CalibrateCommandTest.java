package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import facelake.eval.Calibration;
import facelake.eval.Rate;
import facelake.job.CalibrateResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class CalibrateCommandTest {
  private final StringWriter out = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--lake l --fmr 0 | a false match rate of 0.0 cannot be asked for",
        "--lake l --fmr NaN | a false match rate of NaN cannot be asked for",
        "--lake l --fmr 0.2 | give --fmr a share over 0 and at most 0.1",
        "--lake l --faces 1 | --faces is 1; give at least 2",
        "--lake l --faces 9 --false-pairs 0 | --false-pairs is 0.0; give a number over 0",
        "--lake l --sample-faces 99 | --sample-faces is 99; give 100 to 50,000"
      })
  void refusesWhatCannotBeAskedBeforeSparkStarts(String options, String message) {
    CalibrateCommand command = command(options.split(" "));

    assertThatThrownBy(command::call).isInstanceOf(UserError.class).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"--fmr 1e-3", "--lake l --pairs p.csv", "--lake l --fmr 1e-3 --faces 10"})
  void takesOneSourceAndOneWish(String options) {
    assertThatThrownBy(() -> command(options.split(" "))).isInstanceOf(ParameterException.class);
  }

  @Test
  void printsThresholdsAndWarnsOfThoseThatAreNotSure() {
    Rate rate = new Rate(0.001, 0.0005, 0.002);
    command("--lake", "lake", "--out", "c.json")
        .print(
            new CalibrateResult(
                0.001,
                List.of(
                    calibrated("", "", 0.54, Calibration.Basis.MEASURED, rate),
                    calibrated("ancestry", "asian", 0.5, Calibration.Basis.FEW, rate),
                    calibrated("ancestry", "other", 0.4, Calibration.Basis.EXTRAPOLATED, rate),
                    calibrated(
                        "ancestry",
                        "white",
                        Double.NaN,
                        Calibration.Basis.NOTHING,
                        new Rate(Double.NaN, 0, 1))),
                2));

    assertThat(out.toString())
        .contains("Thresholds for a false match rate of 0.00100")
        .contains("e:1       all                0.5400  0.5300  0.5500  measured")
        .contains("0.00100 [0.000500, 0.00200]")
        .contains("Warning: e:1, ancestry=asian: so few false matches")
        .contains("Warning: e:1, ancestry=other: 1,000 pairs of two people cannot show so small")
        .contains("Warning: e:1, ancestry=white: 1,000 pairs of two people say nothing")
        .contains("Next: jobs/facelake cluster --lake lake --threshold calibrated:c.json")
        .doesNotContain("Warning: e:1:");
  }

  private static CalibrateResult.Calibrated calibrated(
      String kind, String group, double threshold, Calibration.Basis basis, Rate rate) {
    return new CalibrateResult.Calibrated(
        "e:1",
        kind,
        group,
        10,
        5,
        20,
        1000,
        new Calibration(0.001, threshold, basis, threshold - 0.01, threshold + 0.01, rate, rate));
  }

  private CalibrateCommand command(String... options) {
    CalibrateCommand command = new CalibrateCommand();
    new CommandLine(command).setOut(new PrintWriter(out)).parseArgs(options);
    return command;
  }
}
