package facelake.net;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;

/** A tensor of a program, channels last: what it holds, when it lives, and then where it is. */
final class Tensor {
  private final memory.desc desc;
  private final Shape shape;
  private final data_type type;
  private final int first;
  private int last;
  private memory memory;

  /**
   * A tensor that a step writes.
   *
   * @param step the number of that step
   */
  Tensor(memory.desc desc, Shape shape, data_type type, int step) {
    this.desc = desc;
    this.shape = shape;
    this.type = type;
    this.first = step;
    this.last = step;
  }

  memory.desc desc() {
    return desc;
  }

  Shape shape() {
    return shape;
  }

  data_type type() {
    return type;
  }

  /** Says that a step uses it. */
  void liveUntil(int step) {
    last = Math.max(last, step);
  }

  BufferPlan.Buffer buffer() {
    return new BufferPlan.Buffer(first, last, desc.get_size());
  }

  void place(memory place) {
    memory = place;
  }

  memory memory() {
    return memory;
  }
}
