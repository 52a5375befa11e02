package facelake.net;

/** The size of one sample of a tensor. */
record Shape(int channels, int height, int width) {
  /** Channels of a picture. */
  static final int COLOURS = 3;

  /** The smallest shape that holds both. */
  Shape union(Shape other) {
    return new Shape(
        Math.max(channels, other.channels),
        Math.max(height, other.height),
        Math.max(width, other.width));
  }

  int size() {
    return channels * height * width;
  }
}
