package facelake.net;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import facelake.dlib.Screening;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * The inner products of a tile of vectors with another tile, and which of them are large enough:
 * one oneDNN matrix product whose result stays in the second cache until it is looked through.
 *
 * <p>Holds a megabyte and a half of native memory. Belongs to one thread; the owner closes it.
 */
public final class PairProducts implements AutoCloseable {
  /** Vectors of the first tile. */
  public static final int ROWS = 256;

  /** Vectors of the second tile. */
  public static final int COLUMNS = 512;

  /** Asked for before any other class of oneDNN, so that its library is loaded for one thread. */
  private static final engine ENGINE = Onednn.ENGINE;

  private final int dimensions;
  private final stream stream = new stream(ENGINE);
  private final memory rows;
  private final memory columns;
  private final memory products;
  private final matmul.primitive_desc plan;
  private final matmul product;
  private final IntMemoryMap arguments = new IntMemoryMap();
  private final FloatPointer rowLimits = new FloatPointer(ROWS);
  private final FloatPointer columnLimits = new FloatPointer(COLUMNS);
  private final IntPointer places = new IntPointer((long) ROWS * COLUMNS);

  /**
   * Prepares products in 32 bits or of bfloat16 numbers; sums are in 32 bits.
   *
   * @param dimensions numbers of one vector
   */
  public PairProducts(int dimensions, Precision precision) {
    Screening.load();
    this.dimensions = dimensions;
    data_type type = Onednn.type(precision);
    plan =
        new matmul.primitive_desc(
            ENGINE,
            Onednn.of(format_tag.ab, type, ROWS, dimensions),
            Onednn.of(format_tag.ba, type, dimensions, COLUMNS),
            Onednn.of(format_tag.ab, data_type.f32, ROWS, COLUMNS));
    product = new matmul(plan);
    rows = zeros(plan.src_desc());
    columns = zeros(plan.weights_desc());
    products = zeros(plan.dst_desc());
    arguments.put(DNNL_ARG_SRC, rows);
    arguments.put(DNNL_ARG_WEIGHTS, columns);
    arguments.put(DNNL_ARG_DST, products);
  }

  private static memory zeros(memory.desc desc) {
    memory memory = new memory(desc, ENGINE);
    Pointer.memset(memory.get_data_handle(), 0, desc.get_size());
    return memory;
  }

  /** Takes {@code count} vectors from vector {@code from} on as the first tile. */
  public void rows(float[] values, int from, int count) {
    put(rows, values, from, count);
  }

  /** As {@link #rows(float[], int, int)}, for bfloat16 numbers: the upper halves of floats. */
  public void rows(short[] values, int from, int count) {
    put(rows, values, from, count);
  }

  /** Takes {@code count} vectors from vector {@code from} on as the second tile. */
  public void columns(float[] values, int from, int count) {
    put(columns, values, from, count);
  }

  /** As {@link #columns(float[], int, int)}, for bfloat16 numbers: the upper halves of floats. */
  public void columns(short[] values, int from, int count) {
    put(columns, values, from, count);
  }

  private void put(memory tile, float[] values, int from, int count) {
    new FloatPointer(tile.get_data_handle()).put(values, from * dimensions, count * dimensions);
  }

  private void put(memory tile, short[] values, int from, int count) {
    new ShortPointer(tile.get_data_handle()).put(values, from * dimensions, count * dimensions);
  }

  /**
   * Multiplies both tiles and finds the products that are not below the sum of their row's and
   * their column's limit, those that are no numbers among them. Limits of positive infinity leave
   * out what an earlier, larger tile has left behind.
   *
   * @param ofRows {@link #ROWS} limits
   * @param ofColumns {@link #COLUMNS} limits
   * @param found room for {@code ROWS * COLUMNS} numbers: gets {@code row * COLUMNS + column} of
   *     each, in this order
   * @return how many there are
   */
  public int notBelow(float[] ofRows, float[] ofColumns, int[] found) {
    product.execute(stream, arguments);
    stream._wait();
    rowLimits.put(ofRows, 0, ROWS);
    columnLimits.put(ofColumns, 0, COLUMNS);
    int count =
        Screening.notBelow(
            new FloatPointer(products.get_data_handle()),
            ROWS,
            COLUMNS,
            rowLimits,
            columnLimits,
            places);
    places.get(found, 0, count);
    return count;
  }

  @Override
  public void close() {
    for (Pointer owned :
        new Pointer[] {
          arguments, product, plan, rows, columns, products, stream, rowLimits, columnLimits, places
        }) {
      owned.deallocate();
    }
  }
}
