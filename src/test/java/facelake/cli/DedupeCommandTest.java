package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import facelake.job.DedupeResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DedupeCommandTest {
  private final StringWriter out = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN", "Infinity"})
  void rejectsANumberOfFalseMergesThatIsNoneBeforeSparkStarts(String number) {
    DedupeCommand command = command("--expected-false-merges", number);

    assertThatThrownBy(command::call)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "--expected-false-merges " + Double.parseDouble(number) + " is no number over 0");
  }

  @Test
  void printsWhoWasFoundAndTheNextCommand() {
    command()
        .print(
            new DedupeResult(
                List.of("actors", "press"),
                1200,
                7,
                40,
                260,
                280,
                20,
                Map.of("same", 20L, "review", 4L, "different", 9L),
                Map.of("outlier", 5L, "tiny", 2L),
                6,
                1,
                Map.of("merged", 3L),
                2,
                List.of("row 3 says nothing new"),
                false,
                List.of(new DedupeResult.Example("actors/Ann", "press/A. Lee", 0.25, 0.9991)),
                12.34));

    assertThat(out.toString().lines())
        .containsExactly(
            "actors, press: 1,200 faces of 300 identities are 280 people (12.3 s)",
            "         40 identities measured; 260 were known from earlier runs",
            "         20 people who stand in two datasets or more",
            "         20 pairs of identities are one person",
            "          4 pairs that a person should look at",
            "          5 faces that do not fit their label",
            "          0 faces of a second person under one label",
            "          2 identities with one face",
            "          6 photos that are there more than once",
            "          1 of these under two identities of one dataset",
            "          3 people of the run before are part of others now",
            "          2 decisions of people in force",
            "          7 faces left out: they have no identity, and no cluster (jobs/facelake cluster"
                + " --dataset)",
            "  actors/Ann = press/A. Lee  (distance 0.25, probability 0.9991)",
            "There are too few identities to learn from what a score means; what LFW showed stands"
                + " in.",
            "Note: row 3 says nothing new",
            "Next: jobs/facelake sql \"SELECT dataset_a, identity_a, part_a, dataset_b, identity_b,"
                + " part_b, distance, probability, verdict, reason FROM matches ORDER BY score DESC\""
                + " --lake lake");
  }

  private DedupeCommand command(String... options) {
    DedupeCommand command = new DedupeCommand();
    CommandLine line = new CommandLine(command).setOut(new PrintWriter(out));
    String[] all = new String[options.length + 2];
    all[0] = "--lake";
    all[1] = "lake";
    System.arraycopy(options, 0, all, 2, options.length);
    line.parseArgs(all);
    return command;
  }
}
