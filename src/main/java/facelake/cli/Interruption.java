package facelake.cli;

/**
 * Knows whether the user has interrupted the process (Ctrl-C, or a polite kill). Spark is taken
 * down at the same moment, so that the command then fails for reasons that are no news.
 */
final class Interruption {
  private volatile boolean happened;
  private volatile boolean ended;

  /** Watches this process until it ends. */
  static Interruption watched() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::shutdown, "interruption"));
    return interruption;
  }

  /** Whether the process is going down before its command was done. */
  boolean happened() {
    return happened;
  }

  /** Ends the process in the ordinary way. */
  void exit(int code) {
    ended = true;
    System.exit(code);
  }

  private void shutdown() {
    if (!ended) {
      happened = true;
      System.err.println("facelake: interrupted");
    }
  }
}
