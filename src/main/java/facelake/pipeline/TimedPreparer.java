package facelake.pipeline;

import facelake.UserError;
import facelake.image.FailureClass;
import facelake.image.ImageFailure;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Prepares photos on a thread of its own and waits only so long for each. A thread that is over its
 * time is left behind: it closes what it uses when its photo ever ends.
 */
final class TimedPreparer implements PhotoPreparer {
  private final ImageTimeout timeout;
  private final AtomicInteger hanging;
  private final Supplier<PhotoPreparer> open;
  private PhotoPreparer preparer;
  private ExecutorService thread;

  /**
   * Opens its first preparer.
   *
   * @param timeout with a limit
   * @param hanging counts the threads that were left behind and are at work, all of a JVM together
   * @param open gives a preparer for a thread of its own
   */
  TimedPreparer(ImageTimeout timeout, AtomicInteger hanging, Supplier<PhotoPreparer> open) {
    this.timeout = timeout;
    this.hanging = hanging;
    this.open = open;
    requireFewHanging();
    start();
  }

  private void start() {
    preparer = open.get();
    thread = Executors.newSingleThreadExecutor(TimedPreparer::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "facelake-photo");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public <K> Photo<K> prepare(EncodedImage<K> source, Consumer<? super K> before) {
    PhotoPreparer mine = preparer;
    Future<Photo<K>> photo = thread.submit(() -> mine.prepare(source, before));
    try {
      return result(photo);
    } catch (TimeoutException e) {
      leaveBehind();
      return timedOut(source);
    }
  }

  /** Waits even when interrupted, as native code would: what it uses must not be closed. */
  private <T> T result(Future<T> photo) throws TimeoutException {
    long end = System.nanoTime() + timeout.limit().toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return photo.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw asThrown(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException asThrown(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown;
  }

  private void leaveBehind() {
    PhotoPreparer left = preparer;
    hanging.incrementAndGet();
    thread.submit(
        () -> {
          hanging.decrementAndGet();
          left.close();
        });
    thread.shutdown();
    preparer = null; // the thread that is left behind closes it
    start();
    requireFewHanging();
  }

  private void requireFewHanging() {
    int now = hanging.get();
    if (now > timeout.mostHanging()) {
      throw new UserError(
          "one process is still at %d images after --image-timeout %s seconds, and more than %d would"
              + " take its processors for good. Give images more time, or leave large ones out with"
              + " --max-pixels",
          now, seconds(timeout.limit()), timeout.mostHanging());
    }
  }

  private <K> Photo<K> timedOut(EncodedImage<K> source) {
    Photo<K> photo = new Photo<>(source);
    photo.fail(
        new ImageFailure(
            FailureClass.TIMEOUT,
            "It took more than %s seconds to decode it and to find its faces"
                .formatted(seconds(timeout.limit()))));
    return photo;
  }

  private static String seconds(Duration limit) {
    return Double.toString(limit.toMillis() / 1e3).replaceFirst("\\.0$", "");
  }

  @Override
  public void close() {
    thread.shutdown();
    if (preparer != null) {
      preparer.close();
    }
  }
}
