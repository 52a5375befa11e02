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

/** One oneDNN matrix product over memory of its own, zeros at first. Belongs to one thread. */
final class MatrixProduct implements AutoCloseable {
  /** Asked for before any other class of oneDNN, so that its library is loaded for one thread. */
  private static final engine ENGINE = Onednn.ENGINE;

  private final stream stream = new stream(ENGINE);
  private final matmul.primitive_desc plan;
  private final matmul product;
  private final memory left;
  private final memory right;
  private final memory result;
  private final IntMemoryMap arguments = new IntMemoryMap();

  /**
   * Prepares a product of rows x inner and inner x columns numbers, with a result in 32 bits.
   *
   * @param rightLayout of the second matrix: {@code ba} has its columns one after the other
   */
  MatrixProduct(Precision precision, int rows, int inner, int columns, format_tag rightLayout) {
    data_type type = Onednn.type(precision);
    plan =
        new matmul.primitive_desc(
            ENGINE,
            Onednn.of(format_tag.ab, type, rows, inner),
            Onednn.of(rightLayout, type, inner, columns),
            Onednn.of(format_tag.ab, data_type.f32, rows, columns));
    product = new matmul(plan);
    left = zeros(plan.src_desc());
    right = zeros(plan.weights_desc());
    result = zeros(plan.dst_desc());
    arguments.put(DNNL_ARG_SRC, left);
    arguments.put(DNNL_ARG_WEIGHTS, right);
    arguments.put(DNNL_ARG_DST, result);
  }

  private static memory zeros(memory.desc desc) {
    memory memory = new memory(desc, ENGINE);
    Pointer.memset(memory.get_data_handle(), 0, desc.get_size());
    return memory;
  }

  /** Where the first matrix lies. */
  Pointer left() {
    return left.get_data_handle();
  }

  /** Where the second matrix lies. */
  Pointer right() {
    return right.get_data_handle();
  }

  /** Where the product lies. */
  Pointer result() {
    return result.get_data_handle();
  }

  void run() {
    product.execute(stream, arguments);
    stream._wait();
  }

  @Override
  public void close() {
    for (Pointer owned : new Pointer[] {arguments, product, plan, left, right, result, stream}) {
      owned.deallocate();
    }
  }
}
