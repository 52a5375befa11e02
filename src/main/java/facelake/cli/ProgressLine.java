package facelake.cli;

import facelake.job.IndexWatcher;
import facelake.step.Progress;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how far a run has come: on a terminal one line that is drawn again each second, elsewhere a
 * line in the log every half minute.
 */
final class ProgressLine implements IndexWatcher, AutoCloseable {
  /** Set by the launcher where it writes to a terminal and keeps stdout for itself. */
  private static final String TERMINAL = "facelake.terminal";

  private static final Logger LOG = LoggerFactory.getLogger(ProgressLine.class);

  /** Back to the first column, and clear what stood there. */
  private static final String REDRAW = "\r\033[K";

  private final Consumer<String> show;
  private final Runnable end;
  private final Duration every;

  private ProgressLine(Consumer<String> show, Runnable end, Duration every) {
    this.show = show;
    this.end = end;
    this.every = every;
  }

  /** The kind of line that fits where this process writes to. */
  static ProgressLine onTerminalOrLog() {
    return isOnTerminal() ? onTerminal() : inLog();
  }

  /** Whether a person reads along. */
  static boolean isOnTerminal() {
    return System.console() != null || Boolean.getBoolean(TERMINAL);
  }

  /** Past what keeps control characters from the terminal. */
  private static ProgressLine onTerminal() {
    PrintWriter terminal =
        new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8));
    return new ProgressLine(
        line -> {
          terminal.print(REDRAW + VisibleWriter.visible(line));
          terminal.flush();
        },
        () -> {
          terminal.print(REDRAW);
          terminal.flush();
        },
        Duration.ofSeconds(1));
  }

  private static ProgressLine inLog() {
    return new ProgressLine(LOG::info, () -> {}, Duration.ofSeconds(30));
  }

  @Override
  public void phase(String what) {
    show.accept(what);
  }

  /** Takes the line away, so that the result has the terminal for itself. */
  @Override
  public void close() {
    end.run();
  }

  @Override
  public Watch start(Progress progress, long total) {
    long start = System.nanoTime();
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleAtFixedRate(
        () ->
            show.accept(
                line(
                    Math.min(total, progress.images()),
                    progress.faces(),
                    progress.failures(),
                    total,
                    (System.nanoTime() - start) / 1e9)),
        every.toMillis(),
        every.toMillis(),
        TimeUnit.MILLISECONDS);
    return timer::shutdownNow;
  }

  /** The line in words; the time left is what the rest takes at the mean speed so far. */
  static String line(long images, long faces, long failures, long total, double seconds) {
    if (images == 0 || seconds == 0) {
      return "%,d images to do".formatted(total);
    }
    double rate = images / seconds;
    long left = Math.round((total - images) / rate);
    return "%,d of %,d images, %.1f images/s, %,d faces, %,d failed, %s left"
        .formatted(images, total, rate, faces, failures, clock(left));
  }

  private static String clock(long seconds) {
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
