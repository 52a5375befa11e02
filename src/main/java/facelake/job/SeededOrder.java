package facelake.job;

import facelake.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Random choices that hang on a seed and on what is chosen from, not on the order in which it came:
 * by the head of a SHA-256 over seed, purpose and key.
 */
record SeededOrder(long seed) {
  private static final int HEX_DIGITS = 16;

  private record Ranked<T>(String rank, T item) {}

  /** The items, shuffled; those of the same key keep their order. */
  <T> List<T> shuffled(String purpose, Collection<T> items, Function<T, String> key) {
    return items.stream()
        .map(item -> new Ranked<>(digits(purpose, key.apply(item)), item))
        .sorted(Comparator.comparing(Ranked::rank))
        .map(Ranked::item)
        .toList();
  }

  /** A number from 0 to {@code bound - 1}. */
  int below(int bound, String purpose, String key) {
    long number = Long.parseUnsignedLong(digits(purpose, key), 16);
    return (int) Long.remainderUnsigned(number, bound);
  }

  /** 16 hex digits that tell nothing of the key. */
  String digits(String purpose, String key) {
    String text = seed + "\n" + purpose + "\n" + key;
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, HEX_DIGITS);
  }
}
