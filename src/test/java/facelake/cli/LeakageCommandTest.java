package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.job.LeakageOptions;
import facelake.job.LeakageResult;
import facelake.step.Leaks.Kind;
import facelake.table.Lake;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LeakageCommandTest {
  private final StringWriter out = new StringWriter();

  @Test
  void printsCountsTheFirstAndHowToLeaveThemOut() {
    print(
        new LeakageResult(
            40,
            1000,
            new TreeMap<>(Map.of("t", 5L)),
            Map.of(Kind.PERSON, 10L, Kind.NEAR_PHOTO, 3L, Kind.REVIEW_IDENTITY, 1L),
            List.of(
                new LeakageResult.Example(Kind.PERSON, "a/x", "t/y", null),
                new LeakageResult.Example(Kind.REVIEW_IDENTITY, "a/v", "t/w", 0.25)),
            3.25));

    assertThat(out.toString().lines())
        .containsExactly(
            "t in a (3.3 s)",
            "         10 of 40 people of the test set (25.0 %)",
            "          0 of 1,000 photos of the test set with the same bytes",
            "          3 in other bytes",
            "          0 pairs of identities are one person",
            "          1 pairs of identities may be one person and are for review",
            "  person: a/x = t/y",
            "  review-identity: a/v = t/w  (probability 0.2500)",
            "Note: 5 faces of t have no person in scope resolved, and nothing is said of them; where"
                + " they were indexed since, run: jobs/facelake dedupe --lake lake",
            "All of them: leaks.csv",
            "Next: jobs/facelake export --lake lake --datasets a --without-people-of t --to FOLDER"
                + " --drop all");
  }

  @Test
  void saysWhereNobodyIsOnBothSides() {
    print(new LeakageResult(40, 1000, new TreeMap<>(), Map.of(), List.of(), 3.25));

    assertThat(out.toString())
        .contains("Nobody and nothing that dedupe knows of stands on both sides.");
  }

  private void print(LeakageResult result) {
    LeakageCommand command = new LeakageCommand();
    CommandLine line = new CommandLine(command).setOut(new PrintWriter(out));
    line.parseArgs("--lake", "lake", "--train", "a", "--test", "t");
    command.print(
        result,
        new LeakageOptions(
            Lake.at("lake"), List.of("a"), List.of("t"), "resolved", Optional.of("leaks.csv")));
  }
}
