package facelake.net;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * What this machine can do at best: a plain oneDNN product of two square matrices on one thread.
 * Networks are told as shares of it.
 */
public final class PeakSpeed implements AutoCloseable {
  private static final int SIDE = 1024;

  /** Asked for before any other class of oneDNN, so that its library is loaded for one thread. */
  private static final engine ENGINE = Onednn.ENGINE;

  private final stream stream = new stream(ENGINE);
  private final memory a;
  private final memory b;
  private final memory c;
  private final matmul.primitive_desc plan;
  private final matmul product;
  private final IntMemoryMap arguments = new IntMemoryMap();

  /** Prepares the product; the caller closes it. */
  public PeakSpeed(Precision precision) {
    data_type type = Onednn.type(precision);
    plan =
        new matmul.primitive_desc(
            ENGINE,
            Onednn.of(format_tag.ab, type, SIDE, SIDE),
            Onednn.of(format_tag.any, type, SIDE, SIDE),
            Onednn.of(format_tag.ab, data_type.f32, SIDE, SIDE));
    product = new matmul(plan);
    a = zeros(plan.src_desc());
    b = zeros(plan.weights_desc());
    c = zeros(plan.dst_desc());
    arguments.put(DNNL_ARG_SRC, a);
    arguments.put(DNNL_ARG_WEIGHTS, b);
    arguments.put(DNNL_ARG_DST, c);
  }

  private static memory zeros(memory.desc desc) {
    memory memory = new memory(desc, ENGINE);
    Pointer.memset(memory.get_data_handle(), 0, desc.get_size());
    return memory;
  }

  /** Computes the product once. */
  public void run() {
    product.execute(stream, arguments);
    stream._wait();
  }

  /** Multiplications and additions of one product, in thousands of millions. */
  public double gflop() {
    return 2.0 * SIDE * SIDE * SIDE / 1e9;
  }

  @Override
  public void close() {
    for (Pointer owned : new Pointer[] {arguments, product, plan, a, b, c, stream}) {
      owned.deallocate();
    }
  }
}
