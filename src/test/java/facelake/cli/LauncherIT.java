package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestData;
import facelake.TestLauncher;
import facelake.TestLauncher.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user meets who starts {@code jobs/facelake}, with its exit codes. */
class LauncherIT {
  @TempDir private Path temp;

  @Test
  void namesTheCommandsInTheOrderOfUse() {
    Outcome help = TestLauncher.run();

    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .containsSubsequence("\n  models ", "\n  index ", "\n  cluster ", "\n  sql ");
    assertThat(help.err()).isEmpty();
  }

  @Test
  void helpOfACommandHasAnExample() {
    Outcome help = TestLauncher.run("index", "--help");

    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("Examples:", "jobs/facelake index --input ~/photos");
    assertThat(help.err()).isEmpty();
  }

  @Test
  void refusesAnUnknownOption() {
    assertRefused(index("--datasett", "x"), "unknown option '--datasett'; did you mean --dataset?");
  }

  @Test
  void refusesAnUnknownLayoutAndSuggestsTheNearest() {
    assertRefused(
        index("--layout", "identity-folder"),
        "There is no layout identity-folder (there are identity-folders, flat, tar, table); did you mean");
  }

  @Test
  void refusesAMissingModelWithTheRemedyBeforeSparkStarts() {
    // A master that no session could start with.
    Outcome outcome =
        TestLauncher.run(
            Map.of(
                "FACELAKE_CACHE", temp.toString(),
                "FACELAKE_MODELS", "",
                "FACELAKE_JAVA_OPTIONS", "-Dspark.master=none"),
            "index --input src --dataset d --lake l".split(" "));

    assertRefused(outcome, "jobs/facelake models fetch");
    assertThat(outcome.err()).contains("landmarks-5", temp.toString());
  }

  @Test
  void refusesAMissingInput() {
    Path nowhere = temp.resolve("nowhere");

    assertRefused(
        TestLauncher.run(
            "index", "--input", nowhere.toString(), "--dataset", "d", "--lake", lake().toString()),
        nowhere.toString());
    assertThat(lake()).doesNotExist();
  }

  @Test
  void refusesALakeThatCannotBeWritten() throws IOException {
    Files.writeString(lake(), "a file is in the way");

    assertRefused(index(), "cannot write lake");
    assertThat(lake()).hasContent("a file is in the way");
  }

  private Path lake() {
    return temp.resolve("lake");
  }

  private Outcome index(String... more) {
    List<String> arguments = new ArrayList<>(List.of("index", "--dataset", "d"));
    arguments.addAll(List.of("--input", TestData.dlibExamples().toString()));
    arguments.addAll(List.of("--lake", lake().toString()));
    arguments.addAll(List.of(more));
    return TestLauncher.run(arguments.toArray(String[]::new));
  }

  private static void assertRefused(Outcome outcome, String reason) {
    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("facelake: ")
        .contains(reason)
        .doesNotContain("\tat ", "Exception");
  }
}
