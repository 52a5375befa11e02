package facelake.dlib;

import facelake.dlib.bindings.Dlib;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;

/** A look through a matrix for what is large enough, faster than Java's compiler makes it. */
public final class Screening {
  /** Columns come in multiples of this. */
  public static final int COLUMN_STEP = 8;

  private Screening() {}

  /** Makes sure that the native library is there, as every first use does. */
  public static void load() {
    DlibLibrary.load();
  }

  /**
   * Finds the products that are not below the sum of their row's and their column's limit, those
   * that are no numbers among them.
   *
   * @param products {@code rows * columns} floats
   * @param columns a multiple of {@link #COLUMN_STEP}
   * @param places room for {@code rows * columns} ints: gets {@code row * columns + column} of
   *     each, in this order
   * @return how many there are
   */
  public static int notBelow(
      FloatPointer products,
      int rows,
      int columns,
      FloatPointer rowLimits,
      FloatPointer columnLimits,
      IntPointer places) {
    return Dlib.not_below(products, rows, columns, rowLimits, columnLimits, places);
  }
}
