package facelake.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PerExecutorTest {
  private static final int THREADS = 8;

  private final PerExecutor<String, Object> holder = new PerExecutor<>();
  private final AtomicInteger loads = new AtomicInteger();

  @Test
  void loadsOnceForManyThreads() throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    Callable<Object> task =
        () -> {
          start.await();
          return holder.get("models", this::loadSlowly);
        };
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      Object first = null;
      for (Future<Object> value : pool.invokeAll(Collections.nCopies(THREADS, task))) {
        first = first == null ? value.get() : first;
        assertThat(value.get()).isSameAs(first);
      }
    } finally {
      pool.shutdown();
    }
    assertThat(loads).hasValue(1);
  }

  private Object loadSlowly() {
    loads.incrementAndGet();
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Object();
  }

  @Test
  void loadsEachKey() {
    assertThat(holder.get("a", this::loadSlowly)).isNotSameAs(holder.get("b", this::loadSlowly));
    assertThat(loads).hasValue(2);
  }

  @Test
  void triesAgainAfterFailure() {
    assertThatThrownBy(
            () ->
                holder.get(
                    "a",
                    () -> {
                      throw new IllegalStateException("no memory");
                    }))
        .hasMessage("no memory");
    assertThat(holder.get("a", () -> "value")).isEqualTo("value");
  }
}
