package facelake.image;

import java.util.Arrays;

/**
 * A 64-bit number that near copies of a picture share: recompressed, resized or slightly retouched
 * ones differ in few bits (up to about 10), other pictures in about half.
 *
 * <p>The DCT hash of C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash
 * Functions" (2010), section 3.2.1, as in pHash: luminance, here averaged by area, of 32 x 32; its
 * two-dimensional DCT-II; the 8 x 8 lowest frequencies without the row and column of frequency 0;
 * one bit for each, set where it is over their median.
 */
public final class PerceptualHash {
  private static final int SIDE = 32;
  private static final int FREQUENCIES = 8;

  /** So coarse that what is left of an even picture by rounding is 0. */
  private static final double STEP = 1e-3;

  private static final double[][] COSINES = cosines();

  private PerceptualHash() {}

  /** The hash; compare two by {@code Long.bitCount(a ^ b)}. An even picture has 0. */
  public static long of(RgbImage image) {
    long[] frequencies = lowFrequencies(averages(image));
    long[] sorted = frequencies.clone();
    Arrays.sort(sorted);
    long doubleMedian = sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2];
    long hash = 0;
    for (int i = 0; i < frequencies.length; i++) {
      if (2 * frequencies[i] > doubleMedian) {
        hash |= 1L << i;
      }
    }
    return hash;
  }

  /** Mean luminance (BT.601) of the cells of a grid laid over the picture, borders shared. */
  private static double[][] averages(RgbImage image) {
    double[][] cells = new double[SIDE][SIDE];
    double cellHeight = (double) image.height() / SIDE;
    double[] row = new double[SIDE];
    double[] sums = new double[image.width() + 1];
    for (int y = 0; y < image.height(); y++) {
      averageRow(image, y, sums, row);
      for (int cell = (int) (y / cellHeight); cell < SIDE && cell * cellHeight < y + 1; cell++) {
        double overlap = Math.min(y + 1, (cell + 1) * cellHeight) - Math.max(y, cell * cellHeight);
        for (int x = 0; x < SIDE; x++) {
          cells[cell][x] += row[x] * overlap / cellHeight;
        }
      }
    }
    return cells;
  }

  private static void averageRow(RgbImage image, int y, double[] sums, double[] row) {
    byte[] rgb = image.rgb();
    int at = y * image.width() * 3;
    for (int x = 0; x < image.width(); x++, at += 3) {
      int luminance =
          299 * (rgb[at] & 0xFF) + 587 * (rgb[at + 1] & 0xFF) + 114 * (rgb[at + 2] & 0xFF);
      sums[x + 1] = sums[x] + luminance / 1000.0;
    }
    double cellWidth = (double) image.width() / SIDE;
    for (int cell = 0; cell < SIDE; cell++) {
      row[cell] =
          (sumUpTo((cell + 1) * cellWidth, sums) - sumUpTo(cell * cellWidth, sums)) / cellWidth;
    }
  }

  /** The running sum at a place between pixels. */
  private static double sumUpTo(double place, double[] sums) {
    int whole = Math.min((int) place, sums.length - 2);
    return sums[whole] + (place - whole) * (sums[whole + 1] - sums[whole]);
  }

  private static long[] lowFrequencies(double[][] cells) {
    long[] frequencies = new long[FREQUENCIES * FREQUENCIES];
    for (int v = 0; v < FREQUENCIES; v++) {
      for (int u = 0; u < FREQUENCIES; u++) {
        double sum = 0;
        for (int y = 0; y < SIDE; y++) {
          for (int x = 0; x < SIDE; x++) {
            sum += cells[y][x] * COSINES[u][x] * COSINES[v][y];
          }
        }
        frequencies[v * FREQUENCIES + u] = Math.round(sum / STEP);
      }
    }
    return frequencies;
  }

  /** Of frequencies 1 to 8; their common factor does not matter to the median. */
  private static double[][] cosines() {
    double[][] cosines = new double[FREQUENCIES][SIDE];
    for (int u = 0; u < FREQUENCIES; u++) {
      for (int x = 0; x < SIDE; x++) {
        cosines[u][x] = Math.cos(Math.PI * (2 * x + 1) * (u + 1) / (2.0 * SIDE));
      }
    }
    return cosines;
  }
}
