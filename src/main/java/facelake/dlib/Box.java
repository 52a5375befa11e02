package facelake.dlib;

/**
 * A rectangle of whole pixels, x to the right and y down; {@code right} and {@code bottom} belong
 * to it, as in dlib. It may reach outside of the picture.
 */
public record Box(int left, int top, int right, int bottom) {
  /** Pixels across. */
  public int width() {
    return right - left + 1;
  }

  /** Pixels down. */
  public int height() {
    return bottom - top + 1;
  }

  /** The part of this box inside a picture of that size; empty boxes have no width or height. */
  public Box clippedTo(int imageWidth, int imageHeight) {
    return new Box(
        Math.max(left, 0),
        Math.max(top, 0),
        Math.min(right, imageWidth - 1),
        Math.min(bottom, imageHeight - 1));
  }

  /** Area of the intersection over area of the union, 0 to 1. */
  public double overlap(Box other) {
    long width = Math.min(right, other.right) - Math.max(left, other.left) + 1L;
    long height = Math.min(bottom, other.bottom) - Math.max(top, other.top) + 1L;
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double intersection = (double) width * height;
    double union = (double) width() * height() + (double) other.width() * other.height();
    return intersection / (union - intersection);
  }

  /** This box, measured in a picture that is {@code factor} times as large. */
  public Box scaled(double factor) {
    return new Box(
        (int) Math.round(left * factor),
        (int) Math.round(top * factor),
        (int) Math.round((right + 1) * factor) - 1,
        (int) Math.round((bottom + 1) * factor) - 1);
  }

  int[] corners() {
    return new int[] {left, top, right, bottom};
  }
}
