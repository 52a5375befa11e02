package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import facelake.job.ClusterResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ClusterCommandTest {
  private static final ClusterResult RESULT =
      new ClusterResult(
          "dataset:johns",
          0.6,
          1055,
          7,
          2,
          List.of(new ClusterResult.Person("p-0123456789abcdef", 11, "file:/johns/1.jpg")),
          List.of("not all pairs were compared"),
          3.25);

  private final StringWriter out = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.6", "NaN", "Infinity"})
  void rejectsAThresholdThatIsNoDistanceBeforeSparkStarts(String threshold) {
    ClusterCommand command = command("--threshold", threshold);

    assertThatThrownBy(command::call)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--threshold " + Double.parseDouble(threshold) + " is no distance");
  }

  @Test
  void printsPeopleAndTheNextCommand() {
    command().print(RESULT);

    assertThat(out.toString().lines())
        .containsExactly(
            "dataset:johns: 1,055 faces are 7 people at a threshold of 0.6 (3.3 s)",
            "          5 people with two faces or more",
            "          2 faces that are alone",
            "  p-0123456789abcdef  11 faces, one of them in file:/johns/1.jpg",
            "Note: not all pairs were compared",
            "Next: jobs/facelake sql \"SELECT person_id, size, uri FROM people WHERE scope ="
                + " 'dataset:johns' ORDER BY size DESC, person_id\" --lake lake");
  }

  @Test
  void remindsOfCollagesWhereFacesOfOnePhotoWereKeptApart() {
    command("--image", "a.jpg").print(RESULT);
    assertThat(out.toString()).contains("for a collage add --allow-same-photo");
  }

  @Test
  void doesNotRemindOfCollagesWhereTheyWereAllowed() {
    command("--image", "a.jpg", "--allow-same-photo").print(RESULT);
    assertThat(out.toString()).doesNotContain("collage");
  }

  private ClusterCommand command(String... options) {
    ClusterCommand command = new ClusterCommand();
    CommandLine line = new CommandLine(command).setOut(new PrintWriter(out));
    String[] all = new String[options.length + 2];
    all[0] = "--lake";
    all[1] = "lake";
    System.arraycopy(options, 0, all, 2, options.length);
    line.parseArgs(all);
    return command;
  }
}
