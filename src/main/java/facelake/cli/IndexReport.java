package facelake.cli;

import facelake.job.IndexOptions;
import facelake.job.IndexResult;
import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells what an index run did. */
final class IndexReport {
  private final PrintWriter out;

  IndexReport(PrintWriter out) {
    this.out = out;
  }

  void print(IndexOptions options, IndexResult result) {
    result.warnings().forEach(warning -> out.printf("warning: %s%n", warning));
    if (!result.warnings().isEmpty()) {
      out.println("warning: so no image was marked as removed this time");
    }
    if (result.isNothingToDo()) {
      out.printf(
          "%s: nothing to do, all %,d images are known and unchanged (%.1f s)%n",
          options.dataset(), result.unchanged(), result.seconds());
    } else {
      out.printf(
          "%s: %,d images in %.1f s (%.1f images/s)%n",
          options.dataset(), result.images(), result.seconds(), result.imagesPerSecond());
      line(result.faces(), "faces");
      if (result.noFace() > 0) {
        line(result.noFace(), "images without a face");
      }
      if (result.failed() > 0) {
        line(result.failed(), "images failed: " + inWords(result.failures()));
      }
      if (result.unchanged() > 0) {
        line(result.unchanged(), "images indexed before and unchanged");
      }
      if (result.removed() > 0) {
        line(result.removed(), "images gone, and their faces with them");
      }
    }
    if (result.failedBefore() > 0) {
      line(result.failedBefore(), "images failed in an earlier run; --retry failed tries again");
    }
    if (result.forgotten() > 0) {
      line(result.forgotten(), "images of forgotten people were left out");
    }
    long skipped = result.skipped().values().stream().mapToLong(Long::longValue).sum();
    if (skipped > 0) {
      line(skipped, "other files left out: " + inWords(result.skipped()));
    }
    out.printf("Tables: %s%n", options.lake().root());
    out.flush();
  }

  private void line(long count, String what) {
    out.printf("  %,9d %s%n", count, count == 1 ? what.replaceFirst("s\\b", "") : what);
  }

  private static String inWords(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
