package facelake.cli;

import java.io.PrintWriter;
import java.util.List;

/** Tells a person of names, the first few of them. */
final class Listed {
  private static final int SHOWN = 5;

  private final PrintWriter out;

  Listed(PrintWriter out) {
    this.out = out;
  }

  /** Prints a line, where there are any: {@code 7 of the images failed: a; b; c; d; e; ...}. */
  void some(String what, List<String> names) {
    if (!names.isEmpty()) {
      out.printf(
          "%,d %s: %s%s%n",
          names.size(),
          what,
          String.join("; ", names.subList(0, Math.min(SHOWN, names.size()))),
          names.size() > SHOWN ? "; ..." : "");
    }
  }
}
