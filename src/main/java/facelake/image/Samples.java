package facelake.image;

/** Arithmetic on samples of 0 to 255. */
final class Samples {
  private Samples() {}

  static byte clamp(int value) {
    return (byte) (value < 0 ? 0 : Math.min(value, 255));
  }

  /** Light that passes an ink and then black, both 255 for none: their product, rounded. */
  static byte shade(int light, int black) {
    return (byte) ((light * black + 127) / 255);
  }

  /** A sample over black, as dlib's {@code assign_pixel} rounds it. */
  static byte overBlack(int sample, int alpha) {
    return (byte) (alpha == 255 ? sample : sample * alpha >> 8);
  }

  /** The 8-bit value of an unsigned sample: the high bits of a wide one, a narrow one stretched. */
  static int toByte(int sample, int bits) {
    if (bits >= 8) {
      return sample >>> bits - 8;
    }
    int most = (1 << bits) - 1;
    return (sample * 255 + most / 2) / most;
  }
}
