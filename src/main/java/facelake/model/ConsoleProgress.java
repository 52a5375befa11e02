package facelake.model;

import java.io.PrintWriter;

/** Progress for a person: lines, and on a terminal a bar below them. */
public final class ConsoleProgress {
  private static final int BAR_WIDTH = 30;
  private static final String CLEAR_LINE = "\r\033[K";

  private ConsoleProgress() {}

  /** A bar where this process has a terminal, plain lines otherwise. */
  public static FetchProgress of(PrintWriter out) {
    return System.console() == null ? lines(out) : bar(out);
  }

  /** Plain lines, good for a log. */
  public static FetchProgress lines(PrintWriter out) {
    return new FetchProgress() {
      @Override
      public void line(String text) {
        out.println(text);
        out.flush();
      }

      @Override
      public void advance(String what, long done, long total) {}

      @Override
      public void finished() {}
    };
  }

  /** Lines and, while a step goes on, a bar with its share in percent. */
  public static FetchProgress bar(PrintWriter out) {
    return new FetchProgress() {
      private String shown = "";

      @Override
      public synchronized void line(String text) {
        finished();
        out.println(text);
        out.flush();
      }

      @Override
      public synchronized void advance(String what, long done, long total) {
        String text = what + " " + share(done, total);
        if (!text.equals(shown)) {
          out.print(CLEAR_LINE + text);
          out.flush();
          shown = text;
        }
      }

      @Override
      public synchronized void finished() {
        if (!shown.isEmpty()) {
          out.print(CLEAR_LINE);
          out.flush();
          shown = "";
        }
      }
    };
  }

  private static String share(long done, long total) {
    if (total <= 0) {
      return String.format("%.1f MB", done / 1e6);
    }
    int filled = (int) (BAR_WIDTH * done / total);
    return String.format(
        "[%s%s] %3d %%", "#".repeat(filled), "-".repeat(BAR_WIDTH - filled), 100 * done / total);
  }
}
