package facelake.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  @Test
  void linesHaveNoBar() {
    play(ConsoleProgress.lines(out));
    assertThat(text).hasToString("begin\nend\n");
  }

  @Test
  void theBarGivesWayToTheNextLine() {
    play(ConsoleProgress.bar(out));
    assertThat(text)
        .hasToString("begin\n\r\u001b[Kfile [###############---------------]  50 %\r\u001b[Kend\n");
  }

  @Test
  void theBarIsWipedWhenTheStepIsOver() {
    FetchProgress progress = ConsoleProgress.bar(out);
    progress.advance("file", 500, 1000);
    progress.finished();
    progress.finished();
    assertThat(text.toString()).endsWith(" 50 %\r\u001b[K");
  }

  @Test
  void anUnknownTotalIsCountedInMegabytes() {
    ConsoleProgress.bar(out).advance("file", 2_500_000, 0);
    assertThat(text.toString()).endsWith("file 2.5 MB");
  }

  private static void play(FetchProgress progress) {
    progress.line("begin");
    progress.advance("file", 500, 1000);
    progress.advance("file", 501, 1000);
    progress.line("end");
  }
}
