package facelake.image;

/**
 * A decoded picture: 8-bit RGB, interleaved, rows from the top, no padding.
 *
 * @param rgb {@code width * height * 3} bytes, R G B R G B ...; not copied, so do not change it
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 */
public record RgbImage(byte[] rgb, int width, int height) {
  /** Checks that the array fits the size. */
  public RgbImage {
    if (width < 1 || height < 1 || rgb.length != (long) width * height * 3) {
      throw new IllegalArgumentException(
          "An RGB image of "
              + width
              + " x "
              + height
              + " needs "
              + (long) width * height * 3
              + " bytes, not "
              + rgb.length);
    }
  }

  /** This picture, shrunk where its longer side has more than {@code maxSide} pixels. */
  public RgbImage shrunkTo(int maxSide) {
    return Shrinking.toMaxSide(this, maxSide);
  }
}
