package facelake.job;

import facelake.step.Progress;

/** Is told how far a run has come. */
public interface IndexWatcher {
  /** Watches nothing. */
  IndexWatcher NONE = (progress, total) -> () -> {};

  /**
   * Called once, when it is known how much there is to do.
   *
   * @param progress live counters
   * @param total images to process
   * @return closed when the last image is written, or the run has failed
   */
  Watch start(Progress progress, long total);

  /** What runs while a job is watched. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
