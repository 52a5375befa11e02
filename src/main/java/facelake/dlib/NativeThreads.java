package facelake.dlib;

/** How many threads native code may use. */
public final class NativeThreads {
  private NativeThreads() {}

  /**
   * Makes native libraries use one thread for each call, also those that are loaded later: Spark's
   * task slots are the parallelism. The variables {@code OMP_NUM_THREADS} and {@code
   * DLIB_NUM_THREADS} take precedence.
   */
  public static void useOneACall() {
    DlibLibrary.load();
  }
}
