package facelake.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;

/** The browser of the desktop, where there is one. */
final class Browser {
  /** What freedesktop.org's desktops open any file with. */
  private static final String OPENER = "xdg-open";

  private Browser() {}

  /** Opens a page, or says why not. */
  static void open(String page, PrintWriter complaints) {
    try {
      new ProcessBuilder(OPENER, page.replaceFirst("^file:/+", "/"))
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      complaints.printf("No browser was opened: %s is not there; open the page by hand.%n", OPENER);
      complaints.flush();
    }
  }
}
