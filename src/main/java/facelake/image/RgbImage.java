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

  /**
   * A part of this picture.
   *
   * @param left the first column, 0 or more
   * @param top the first row, 0 or more
   * @throws IllegalArgumentException if the part is not inside the picture
   */
  public RgbImage cut(int left, int top, int width, int height) {
    if (left < 0 || top < 0 || left + width > this.width || top + height > this.height) {
      throw new IllegalArgumentException(
          "%d x %d pixels at (%d, %d) are not inside %d x %d"
              .formatted(width, height, left, top, this.width, this.height));
    }
    byte[] part = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      System.arraycopy(rgb, ((top + y) * this.width + left) * 3, part, y * width * 3, width * 3);
    }
    return new RgbImage(part, width, height);
  }

  /** This picture, shrunk where its longer side has more than {@code maxSide} pixels. */
  public RgbImage shrunkTo(int maxSide) {
    return Shrinking.toMaxSide(this, maxSide);
  }
}
