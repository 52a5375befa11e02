package facelake.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;

/** The browser of the desktop, where there is one. */
final class Browser {
  /** What freedesktop.org's desktops open any file with. */
  private static final String OPENER = "xdg-open";

  private static final String FILE = "file:";
  private static final int WAIT_SECONDS = 3;

  private Browser() {}

  /** Opens a page, or says why that did not work. */
  static void open(String page, PrintWriter complaints) {
    String why = failure(page);
    if (!why.isEmpty()) {
      complaints.printf("No browser was opened: %s; open the page by hand.%n", why);
      complaints.flush();
    }
  }

  private static String failure(String page) {
    if (!page.startsWith(FILE)) {
      return "the page is on no disk of this machine";
    }
    try {
      Process opener =
          new ProcessBuilder(OPENER, page)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      // A browser that it becomes goes on; a failure comes at once.
      boolean ended = opener.waitFor(WAIT_SECONDS, TimeUnit.SECONDS);
      return ended && opener.exitValue() != 0
          ? OPENER + " ended with " + opener.exitValue() + ", perhaps as there is no display"
          : "";
    } catch (IOException e) {
      return OPENER + " is not there";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "it was interrupted";
    }
  }
}
