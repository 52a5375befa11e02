package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import facelake.job.ForgetFolder;
import facelake.job.ForgetPlan;
import facelake.job.ForgetResult;
import facelake.pipeline.Aligner;
import facelake.pipeline.Detector;
import facelake.pipeline.Embedder;
import facelake.pipeline.Engine;
import facelake.step.forget.Traces;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ForgetCommandTest {
  private final StringWriter out = new StringWriter();
  private final ForgetReport report = new ForgetReport(new PrintWriter(out));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--identity a/Ann --scope all|--scope is where --person is from; give --person with it",
        "--person p-1 --threshold 0.5|--threshold is for the face of --photo; give --photo with it",
        "--person p-1 --scope some|--scope is 'some'; it is resolved, all, dataset:NAME or"
            + " image:URI",
        "--identity Ann|--identity is 'Ann'; give dataset and name, such as album-2019/Ann"
      })
  void rejectsOptionsBeforeSparkStarts(String options, String message) {
    ForgetCommand command = new ForgetCommand();
    CommandLine line = new CommandLine(command);
    Choice.register(line, Detector.class);
    Choice.register(line, Aligner.class);
    Choice.register(line, Embedder.class);
    Choice.register(line, Engine.class);
    Choice.register(line, ComputeOptions.PrecisionChoice.class);
    line.parseArgs(("--lake lake --yes " + options).split(" "));

    assertThatThrownBy(command::call).isInstanceOf(UserError.class).hasMessage(message);
  }

  @Test
  void listsLabelsAndPeopleThatGo() {
    report.plan(plan(null));

    assertThat(out.toString().lines())
        .containsExactly(
            "To be forgotten: 12 faces, and 3 photos as a whole",
            "          3 photos of a/Ann",
            "  person p-1",
            "  all of near_parts",
            "         12 rows of faces",
            "No table of the lake can be read as it was before: all history goes");
  }

  @Test
  void saysWhomItDidNotFind() {
    report.plan(plan("dataset 'a' has no identity 'Anm'"));

    assertThat(out.toString())
        .contains("That alone: whom you name now was not found")
        .contains("  dataset 'a' has no identity 'Anm'");
  }

  @Test
  void claimsNothingOfAFolderThatCouldNotBeReached() {
    report.result(result(List.of()));
    assertThat(out.toString())
        .contains("0 left: nothing of the 12 faces and 3 photos chosen stands in any of them");

    out.getBuffer().setLength(0);
    report.result(result(List.of(new ForgetFolder.Found("file:/gone", 0, 0, "is not there"))));
    assertThat(out.toString())
        .contains("Not proven for file:/gone, which is not there")
        .doesNotContain("0 left");
  }

  private static ForgetResult result(List<ForgetFolder.Found> folders) {
    return new ForgetResult(plan(null), List.of(), folders, new TreeMap<>(), List.of(), 1);
  }

  private static ForgetPlan plan(String notFound) {
    return new ForgetPlan(
        12,
        3,
        new TreeMap<>(Map.of("a/Ann", 3L)),
        new TreeSet<>(List.of("p-1")),
        List.of(),
        new TreeMap<>(Map.of("faces", 12L)),
        List.of("near_parts"),
        List.of(),
        List.of(),
        notFound != null,
        notFound,
        new TreeSet<>(),
        new Traces(
            new TreeMap<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            List.of(),
            new TreeSet<>(),
            new TreeSet<>()));
  }
}
