package facelake.model;

/** Hears how a fetch goes on, from several threads. */
public interface FetchProgress {
  /** A step was done or begins: one line to read. */
  void line(String text);

  /**
   * A long step goes on.
   *
   * @param what the step
   * @param done bytes so far
   * @param total bytes in all, at most 0 where unknown
   */
  void advance(String what, long done, long total);

  /** The long step is over, done or not. */
  void finished();
}
