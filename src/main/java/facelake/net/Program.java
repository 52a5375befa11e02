package facelake.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A network, compiled for one shape of input: steps that run one after the other over buffers of
 * their own. Belongs to one thread.
 */
final class Program implements AutoCloseable {
  /** What a program does, one after the other. */
  interface Step {
    void run(stream stream);
  }

  private final List<Step> steps = new ArrayList<>();
  private final List<Pointer> owned = new ArrayList<>();
  private final stream stream;
  private Graph graph;
  private List<Shape> valid;
  private memory input;
  private memory output;
  private long bytes;

  Program() {
    stream = own(new stream(Onednn.ENGINE));
  }

  // ---- For the builder

  /** Takes over a native object. */
  <P extends Pointer> P own(P pointer) {
    owned.add(pointer);
    return pointer;
  }

  void add(Step step) {
    steps.add(step);
  }

  /** Adds a primitive with its arguments. */
  void add(primitive primitive, Map<Integer, memory> arguments) {
    IntMemoryMap map = own(new IntMemoryMap());
    arguments.forEach(map::put);
    add(on -> primitive.execute(on, map));
  }

  /** A part of a placed tensor, from a byte on. */
  memory view(Tensor tensor, memory.desc as, long offset) {
    Pointer start = new BytePointer(tensor.memory().get_data_handle()).getPointer(offset);
    return own(new memory(as, Onednn.ENGINE, start));
  }

  /** Gives tensors their places in one stretch of memory. */
  void place(List<Tensor> tensors) {
    BufferPlan plan = BufferPlan.of(tensors.stream().map(Tensor::buffer).toList());
    BytePointer stretch = own(new BytePointer(plan.bytes() + BufferPlan.ALIGNMENT));
    bytes = stretch.capacity();
    long toAlign = Math.floorMod(-stretch.address(), BufferPlan.ALIGNMENT);
    for (int i = 0; i < plan.offsets().length; i++) {
      Pointer place = stretch.getPointer(toAlign + plan.offsets()[i]);
      tensors.get(i).place(own(new memory(tensors.get(i).desc(), Onednn.ENGINE, place)));
    }
  }

  void between(memory first, memory last, Graph whole) {
    input = first;
    output = last;
    graph = whole;
  }

  /** The part of a node's output that is there, on a canvas. */
  Shape valid(int node) {
    return valid.get(node);
  }

  // ---- For the runner

  /** What the first step reads, channels last. */
  BytePointer input() {
    return new BytePointer(input.get_data_handle()).capacity(input.get_desc().get_size());
  }

  /** What the last step has written, channels last. */
  BytePointer output() {
    return new BytePointer(output.get_data_handle()).capacity(output.get_desc().get_size());
  }

  /** The memory of its buffers. */
  long bytes() {
    return bytes;
  }

  /** Computes the output of the input. */
  void run() {
    for (Step step : steps) {
      step.run(stream);
    }
    stream._wait();
  }

  /** Computes the output of an input that fills a part of a canvas. */
  void run(Shape part) {
    valid = graph.shapes(part);
    run();
  }

  @Override
  public void close() {
    for (int i = owned.size() - 1; i >= 0; i--) {
      owned.get(i).deallocate();
    }
    owned.clear();
  }
}
