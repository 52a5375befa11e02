package facelake.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Places buffers in one stretch of memory, so that buffers share bytes where they do not live at
 * the same time.
 *
 * @param offsets where each buffer begins
 * @param bytes what all of them need together
 */
record BufferPlan(long[] offsets, long bytes) {
  /** Buffers begin at multiples of this: a cache line. */
  static final long ALIGNMENT = 64;

  /** A buffer that lives from one step to another, both included. */
  record Buffer(int first, int last, long bytes) {
    private boolean meets(Buffer other) {
      return first <= other.last && other.first <= last;
    }

    private long aligned() {
      return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
  }

  /** Places the largest buffers first, each at the lowest offset that is free while it lives. */
  static BufferPlan of(List<Buffer> buffers) {
    long[] offsets = new long[buffers.size()];
    long total = 0;
    List<Integer> placed = new ArrayList<>();
    List<Integer> largestFirst =
        IntStream.range(0, buffers.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> -buffers.get(i).bytes()))
            .toList();
    for (int i : largestFirst) {
      Buffer buffer = buffers.get(i);
      long offset = 0;
      List<Integer> inTheWay =
          placed.stream()
              .filter(other -> buffers.get(other).meets(buffer))
              .sorted(Comparator.comparingLong(other -> offsets[other]))
              .toList();
      for (int other : inTheWay) {
        if (offset + buffer.aligned() <= offsets[other]) {
          break;
        }
        offset = Math.max(offset, offsets[other] + buffers.get(other).aligned());
      }
      offsets[i] = offset;
      placed.add(i);
      total = Math.max(total, offset + buffer.aligned());
    }
    return new BufferPlan(offsets, total);
  }
}
