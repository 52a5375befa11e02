package facelake.dlib;

/**
 * A network that turns chips into numbers, whatever runs it. What a chip gives does not depend on
 * the batch it is in. Belongs to one thread at a time.
 */
public interface ChipNetwork extends AutoCloseable {
  /** Pixels a side of the chips that go in. */
  int inputSize();

  /** Numbers that come out for each chip. */
  int outputs();

  /**
   * Runs a batch.
   *
   * @param chips {@code count} chips one after the other, each {@code inputSize * inputSize * 3}
   *     bytes, 8-bit RGB
   * @return {@code count * outputs} numbers: embeddings, or probabilities that sum to 1 for each
   *     chip
   */
  float[] forward(byte[] chips, int count);

  /** A network with the same weights for another thread; the caller closes it. */
  ChipNetwork copy();

  @Override
  void close();

  /**
   * Checks the length of what {@link #forward} gets.
   *
   * @throws IllegalArgumentException naming both lengths
   */
  static void requireChips(byte[] chips, int count, int size) {
    long wanted = (long) count * size * size * 3;
    if (chips.length != wanted) {
      throw new IllegalArgumentException(
          "%d chips of %d pixels a side have %d bytes, not %d"
              .formatted(count, size, wanted, chips.length));
    }
  }
}
