package facelake.net;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * What a network has learnt, in the layouts that its primitives want: brought there once, and
 * shared by the programs of all threads and shapes.
 */
final class Weights implements AutoCloseable {
  private final Map<float[], List<memory>> reordered = new HashMap<>();
  private final List<Pointer> owned = new ArrayList<>();
  private boolean closed;

  /**
   * Refuses to go on after {@link #close}.
   *
   * @param what was asked for, in words
   */
  synchronized void requireOpen(String what) {
    if (closed) {
      throw new IllegalStateException(what + ": the network was closed before");
    }
  }

  /** Numbers as a vector. */
  synchronized memory vector(float[] values) {
    return in(Onednn.of(format_tag.x, data_type.f32, values.length), values, format_tag.x);
  }

  /**
   * Numbers in a layout.
   *
   * @param wanted the layout
   * @param given the plain layout of the array
   */
  synchronized memory in(memory.desc wanted, float[] values, format_tag given) {
    List<memory> known = reordered.computeIfAbsent(values, unknown -> new ArrayList<>());
    for (memory memory : known) {
      if (memory.get_desc().equals(wanted)) {
        return memory;
      }
    }
    memory made = reorder(wanted, values, given);
    known.add(made);
    return made;
  }

  private memory reorder(memory.desc wanted, float[] values, format_tag given) {
    long[] dims = new long[wanted.get_ndims()];
    wanted.get_dims().get(dims);
    memory result = new memory(wanted, Onednn.ENGINE);
    owned.add(result);
    try (FloatPointer plain = new FloatPointer(values);
        memory source = new memory(Onednn.of(given, data_type.f32, dims), Onednn.ENGINE, plain);
        stream stream = new stream(Onednn.ENGINE);
        reorder reorder = new reorder(source, result)) {
      reorder.execute(stream, source, result);
      stream._wait();
    }
    return result;
  }

  @Override
  public synchronized void close() {
    closed = true;
    owned.forEach(Pointer::deallocate);
    owned.clear();
    reordered.clear();
  }
}
