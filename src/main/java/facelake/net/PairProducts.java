package facelake.net;

import facelake.dlib.Screening;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * The inner products of a tile of vectors with another tile, all or those that are large enough:
 * one oneDNN matrix product whose result stays in the second cache until it is looked through.
 *
 * <p>Holds a megabyte and a half of native memory. Belongs to one thread; the owner closes it.
 */
public final class PairProducts implements AutoCloseable {
  /** Vectors of the first tile. */
  public static final int ROWS = 256;

  /** Vectors of the second tile. */
  public static final int COLUMNS = 512;

  private final int dimensions;
  private final MatrixProduct product;
  private final FloatPointer rowLimits = new FloatPointer(ROWS);
  private final FloatPointer columnLimits = new FloatPointer(COLUMNS);
  private final IntPointer places = new IntPointer((long) ROWS * COLUMNS);

  /**
   * Prepares products in 32 bits or of bfloat16 numbers; sums are in 32 bits.
   *
   * @param dimensions numbers of one vector
   */
  public PairProducts(int dimensions, Precision precision) {
    this.dimensions = dimensions;
    product = new MatrixProduct(precision, ROWS, dimensions, COLUMNS, format_tag.ba);
  }

  /** Takes {@code count} vectors from vector {@code from} on as the first tile. */
  public void rows(float[] values, int from, int count) {
    put(product.left(), values, from, count);
  }

  /** As {@link #rows(float[], int, int)}, for bfloat16 numbers: the upper halves of floats. */
  public void rows(short[] values, int from, int count) {
    put(product.left(), values, from, count);
  }

  /** Takes {@code count} vectors from vector {@code from} on as the second tile. */
  public void columns(float[] values, int from, int count) {
    put(product.right(), values, from, count);
  }

  /** As {@link #columns(float[], int, int)}, for bfloat16 numbers: the upper halves of floats. */
  public void columns(short[] values, int from, int count) {
    put(product.right(), values, from, count);
  }

  private void put(Pointer tile, float[] values, int from, int count) {
    new FloatPointer(tile).put(values, from * dimensions, count * dimensions);
  }

  private void put(Pointer tile, short[] values, int from, int count) {
    new ShortPointer(tile).put(values, from * dimensions, count * dimensions);
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
    product.run();
    rowLimits.put(ofRows, 0, ROWS);
    columnLimits.put(ofColumns, 0, COLUMNS);
    int count =
        Screening.notBelow(
            new FloatPointer(product.result()), ROWS, COLUMNS, rowLimits, columnLimits, places);
    places.get(found, 0, count);
    return count;
  }

  /**
   * Multiplies both tiles.
   *
   * @param products room for {@code ROWS * COLUMNS} numbers, row after row; those beyond the
   *     vectors of either tile are of no use
   */
  public void all(float[] products) {
    product.run();
    new FloatPointer(product.result()).get(products, 0, ROWS * COLUMNS);
  }

  @Override
  public void close() {
    product.close();
    rowLimits.deallocate();
    columnLimits.deallocate();
    places.deallocate();
  }
}
