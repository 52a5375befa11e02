package facelake.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Values that an executor JVM loads once and shares among its tasks, such as models. Kept in a
 * static field, so that it never travels with a closure:
 *
 * <pre>{@code
 * private static final PerExecutor<String, Models> MODELS = new PerExecutor<>();
 *
 * Models models = MODELS.get(fingerprint, () -> {
 *   Models loaded = Models.load(broadcast.value());
 *   loads.add(1); // a Spark accumulator: how many executors have loaded
 *   return loaded;
 * });
 * }</pre>
 *
 * <p>Values stay until the JVM ends.
 *
 * @param <K> what tells values apart, such as a fingerprint of their content
 * @param <V> the value; used by several tasks at once
 */
public final class PerExecutor<K, V> {
  private final Map<K, V> values = new ConcurrentHashMap<>();

  /**
   * The value of a key. The first task that asks loads it, and those that ask meanwhile wait. A
   * load that throws is not remembered: the error goes to its task, and the next one tries again.
   *
   * @param load makes the value, never null; runs once for each key and JVM, so that it may also
   *     count
   */
  public V get(K key, Supplier<? extends V> load) {
    return values.computeIfAbsent(key, unknown -> load.get());
  }
}
