package facelake.dlib;

import facelake.dlib.bindings.Dlib;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;

/** A look through a matrix for what is large enough, faster than Java's compiler makes it. */
public final class Screening {
  private Screening() {}

  /**
   * Finds the products that are not below the sum of their row's and their column's limit, those
   * that are no numbers among them.
   *
   * @param products {@code rows * columns} floats
   * @param columns a multiple of 8
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
    DlibLibrary.load();
    return Dlib.not_below(products, rows, columns, rowLimits, columnLimits, places);
  }
}
