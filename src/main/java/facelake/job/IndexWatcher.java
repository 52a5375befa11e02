package facelake.job;

import facelake.step.Progress;

/** Is told how far a run has come. */
public interface IndexWatcher {
  /** Watches nothing. */
  IndexWatcher NONE =
      new IndexWatcher() {
        @Override
        public void phase(String what) {}

        @Override
        public Watch start(Progress progress, long total) {
          return () -> {};
        }
      };

  /** Called when another part of the work begins, with its name. */
  void phase(String what);

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
