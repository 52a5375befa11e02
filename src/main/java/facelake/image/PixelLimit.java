package facelake.image;

/**
 * The most pixels that a picture may declare. It is asked before memory is taken for pixels.
 *
 * @param pixels width times height, at least 1
 */
record PixelLimit(long pixels) {
  /** Lets a declared size pass, or says what it was and which option raises the limit. */
  void check(ImageFormat format, long width, long height) throws ImageFailure {
    if (width * height > pixels) {
      throw new ImageFailure(
          FailureClass.TOO_LARGE,
          "The %s picture declares %d x %d = %d pixels, the limit is %d; raise it with --max-pixels"
              .formatted(format, width, height, width * height, pixels));
    }
  }
}
