package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleWriterTest {
  @Test
  void escapesControlCharacters() {
    assertThat(printed("Ann\033]52;c;aGk=\007 and \u202etxt.exe\r"))
        .isEqualTo("Ann\\u001b]52;c;aGk=\\u0007 and \\u202etxt.exe\\u000d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\tb\n", "\033[1mbold\033[0m", "Zoë 李雪"})
  void leavesTextAndTheColoursOfTheHelp(String text) {
    assertThat(printed(text)).isEqualTo(text);
  }

  private static String printed(String text) {
    StringWriter terminal = new StringWriter();
    PrintWriter out = new PrintWriter(new VisibleWriter(terminal));
    out.print(text);
    out.flush();
    return terminal.toString();
  }
}
