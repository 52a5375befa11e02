package facelake;

import java.util.Arrays;
import java.util.Random;

/**
 * Damages bytes as bad disks, broken programs and attackers do: cuts them off, flips bits, writes
 * counts that are too large, takes parts away and repeats them. The same seed gives the same
 * damage.
 */
public final class Mutator {
  private static final int MOST_CHANGES = 4;
  private static final int NEAR = 128;
  private static final int LONGEST_PART = 64;
  private static final long[] COUNTS = {
    0, 1, -1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000L
  };

  private final Random random;

  /** Damage that depends on the seed alone; neighbouring seeds have nothing in common. */
  public Mutator(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  /** True in half of the cases. */
  public boolean chance() {
    return random.nextBoolean();
  }

  /** One of so many, from 0. */
  public int choice(int bound) {
    return random.nextInt(bound);
  }

  /** A copy that is damaged in one to four places, half of them near the front. */
  public byte[] mutate(byte[] original) {
    return mutate(original, 0);
  }

  /**
   * A copy that is damaged in one to four places.
   *
   * @param weak places of the original after which damage does most: half of it is there
   */
  public byte[] mutate(byte[] original, int... weak) {
    byte[] bytes = original.clone();
    for (int changes = 1 + random.nextInt(MOST_CHANGES);
        changes > 0 && bytes.length > 0;
        changes--) {
      int near = weak[random.nextInt(weak.length)] + random.nextInt(NEAR);
      bytes = change(bytes, chance() ? random.nextInt(bytes.length) : near % bytes.length);
    }
    return bytes;
  }

  private byte[] change(byte[] bytes, int at) {
    int end = Math.min(bytes.length, at + 1 + random.nextInt(LONGEST_PART));
    return switch (random.nextInt(8)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1, 2 -> flipped(bytes, at);
      case 3, 4 -> counted(bytes, at);
      case 5 -> randomised(bytes, at, end);
      case 6 -> moved(bytes, end, at);
      default -> moved(bytes, at, end);
    };
  }

  private byte[] flipped(byte[] bytes, int at) {
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  /** A number of one to eight bytes, in either order. */
  private byte[] counted(byte[] bytes, int at) {
    long count = COUNTS[random.nextInt(COUNTS.length)];
    int width = Math.min(1 << random.nextInt(4), bytes.length - at);
    boolean big = chance();
    for (int i = 0; i < width; i++) {
      bytes[at + i] = (byte) (count >> 8 * (big ? width - 1 - i : i));
    }
    return bytes;
  }

  private byte[] randomised(byte[] bytes, int at, int end) {
    for (int i = at; i < end; i++) {
      bytes[i] = (byte) random.nextInt();
    }
    return bytes;
  }

  /** What stands from a place on stands from another one on: a part is gone, or there twice. */
  private static byte[] moved(byte[] bytes, int from, int to) {
    byte[] result = Arrays.copyOf(bytes, bytes.length - from + to);
    System.arraycopy(bytes, from, result, to, bytes.length - from);
    return result;
  }
}
