package facelake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellCommandTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/data/lake",
        "s3a://bucket/lake?x=1&y=2",
        "my lake",
        "Ann's \"best\" photos",
        "$HOME/`id`",
        "back\\slash",
        "wow!",
        "顔",
        "SELECT * FROM people WHERE scope = 'all'",
        "*",
        "",
        "two\nlines"
      })
  void aShellTakesEachWordAsItIsMeant(String word) throws Exception {
    String line = ShellCommand.of("sql", word);

    assertThat(line).startsWith("jobs/facelake sql ");
    String[] shell = {"sh", "-c", line.replaceFirst("jobs/facelake sql", "printf %s")};
    Process process = new ProcessBuilder(shell).start();
    assertThat(said(process)).isEqualTo(word);
    assertThat(process.waitFor()).isZero();
  }

  private static String said(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
