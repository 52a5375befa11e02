package facelake.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first directory of a TIFF or BigTIFF file (TIFF 6.0, section 2): what its page is made of.
 */
final class TiffDirectory {
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int LONG8 = 16;
  private static final long[] NONE = {};

  private final ByteBuffer in;
  private final boolean big;
  private final int entries;
  private final long count;

  /** Finds the directory; a runtime exception where the bytes stop before it. */
  TiffDirectory(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
    in.order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    big = in.getShort(2) == 43;
    int start = Math.toIntExact(big ? in.getLong(8) : unsignedInt(4));
    count = big ? in.getLong(start) : Short.toUnsignedInt(in.getShort(start));
    entries = start + (big ? 8 : 2);
  }

  /** Whether there is an entry of that tag. */
  boolean has(int tag) {
    return find(tag) >= 0;
  }

  /** The numbers of an entry; none where it is absent or no SHORT, LONG or LONG8. */
  long[] numbers(int tag) {
    int entry = find(tag);
    int size = entry < 0 ? 0 : sizeOf(in.getShort(entry + 2));
    if (size == 0) {
      return NONE;
    }
    int field = big ? 8 : 4;
    long length = big ? in.getLong(entry + 4) : unsignedInt(entry + 4);
    int value = entry + 4 + field;
    if (length * size > field) {
      value = Math.toIntExact(big ? in.getLong(value) : unsignedInt(value));
    }
    if (length < 0 || length > (in.limit() - value) / size) {
      throw new IndexOutOfBoundsException();
    }
    long[] numbers = new long[(int) length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(value + i * size, size);
    }
    return numbers;
  }

  private int find(int tag) {
    int size = big ? 20 : 12;
    int entry = entries;
    for (long i = 0; i < count; i++, entry += size) {
      if (Short.toUnsignedInt(in.getShort(entry)) == tag) {
        return entry;
      }
    }
    return -1;
  }

  private static int sizeOf(int type) {
    return switch (type) {
      case SHORT -> 2;
      case LONG -> 4;
      case LONG8 -> 8;
      default -> 0;
    };
  }

  private long number(int at, int size) {
    return switch (size) {
      case 2 -> Short.toUnsignedLong(in.getShort(at));
      case 4 -> unsignedInt(at);
      default -> in.getLong(at);
    };
  }

  private long unsignedInt(int at) {
    return Integer.toUnsignedLong(in.getInt(at));
  }
}
