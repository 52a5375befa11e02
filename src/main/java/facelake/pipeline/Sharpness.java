package facelake.pipeline;

/**
 * How sharp a chip is: the variance of its Laplacian (Pech-Pacheco et al. 2000). Because chips have
 * one size, small and blurred faces both come out low: under 50 is soft, over 500 crisp.
 */
final class Sharpness {
  private Sharpness() {}

  /** Measures a chip of {@code size} pixels a side, at least 3. */
  static float of(byte[] chip, int size) {
    float[] luma = new float[size * size];
    for (int i = 0, at = 0; i < luma.length; i++, at += 3) {
      // ITU-R BT.601
      luma[i] =
          0.299f * (chip[at] & 0xff)
              + 0.587f * (chip[at + 1] & 0xff)
              + 0.114f * (chip[at + 2] & 0xff);
    }
    double sum = 0;
    double squares = 0;
    for (int y = 1; y < size - 1; y++) {
      for (int x = 1; x < size - 1; x++) {
        int i = y * size + x;
        double laplacian =
            luma[i - 1] + luma[i + 1] + luma[i - size] + luma[i + size] - 4 * luma[i];
        sum += laplacian;
        squares += laplacian * laplacian;
      }
    }
    double count = (size - 2.0) * (size - 2.0);
    double mean = sum / count;
    return (float) (squares / count - mean * mean);
  }
}
