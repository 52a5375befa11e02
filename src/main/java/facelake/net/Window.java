package facelake.net;

/**
 * How a convolution or a pool moves over its input.
 *
 * @param rows height of the window; for a pool, 0 takes all there is
 * @param columns width of the window
 * @param strideY rows from one place to the next
 * @param strideX columns from one place to the next
 * @param paddingY rows of zeros above and below the input
 * @param paddingX columns of zeros left and right of it
 */
record Window(int rows, int columns, int strideY, int strideX, int paddingY, int paddingX) {
  /** Whether the window is as large as the input, whatever its size. */
  boolean isEverything() {
    return rows == 0;
  }

  boolean isPadded() {
    return paddingY > 0 || paddingX > 0;
  }

  /** This window with numbers for an input of that shape. */
  Window over(Shape input) {
    return isEverything() ? new Window(input.height(), input.width(), 1, 1, 0, 0) : this;
  }

  /** The shape of what comes out, with as many channels as given. */
  Shape slide(Shape input, int channels) {
    Window window = over(input);
    return new Shape(
        channels,
        places(input.height() + 2 * window.paddingY, window.rows, window.strideY),
        places(input.width() + 2 * window.paddingX, window.columns, window.strideX));
  }

  /** How many places a window has; none in an input that is smaller. */
  private static int places(int length, int window, int stride) {
    return Math.max(0, 1 + Math.floorDiv(length - window, stride));
  }
}
