package facelake.image;

import java.util.Arrays;

/** Makes pictures smaller by averaging the area under each new pixel, one axis after the other. */
final class Shrinking {
  private Shrinking() {}

  /** The picture with its longer side at {@code maxSide}, or as it is where it is no longer. */
  static RgbImage toMaxSide(RgbImage image, int maxSide) {
    int longer = Math.max(image.width(), image.height());
    if (longer <= maxSide) {
      return image;
    }
    double scale = (double) maxSide / longer;
    int width = Math.max(1, (int) Math.round(image.width() * scale));
    int height = Math.max(1, (int) Math.round(image.height() * scale));
    float[] narrow = narrowed(image, width);
    return new RgbImage(flattened(narrow, width, image.height(), height), width, height);
  }

  private static float[] narrowed(RgbImage image, int width) {
    byte[] rgb = image.rgb();
    float[] narrow = new float[width * image.height() * 3];
    double step = (double) image.width() / width;
    for (int y = 0; y < image.height(); y++) {
      int row = y * image.width();
      for (int x = 0; x < width; x++) {
        double from = x * step;
        double to = Math.min(image.width(), from + step);
        int out = (y * width + x) * 3;
        for (int source = (int) from; source < to; source++) {
          float weight = (float) ((Math.min(to, source + 1) - Math.max(from, source)) / step);
          int in = (row + source) * 3;
          narrow[out] += weight * (rgb[in] & 0xff);
          narrow[out + 1] += weight * (rgb[in + 1] & 0xff);
          narrow[out + 2] += weight * (rgb[in + 2] & 0xff);
        }
      }
    }
    return narrow;
  }

  private static byte[] flattened(float[] narrow, int width, int oldHeight, int height) {
    byte[] rgb = new byte[width * height * 3];
    float[] row = new float[width * 3];
    double step = (double) oldHeight / height;
    for (int y = 0; y < height; y++) {
      double from = y * step;
      double to = Math.min(oldHeight, from + step);
      Arrays.fill(row, 0.5f);
      for (int source = (int) from; source < to; source++) {
        float weight = (float) ((Math.min(to, source + 1) - Math.max(from, source)) / step);
        for (int i = 0; i < row.length; i++) {
          row[i] += weight * narrow[source * row.length + i];
        }
      }
      for (int i = 0; i < row.length; i++) {
        rgb[y * row.length + i] = (byte) Math.min(255, (int) row[i]);
      }
    }
    return rgb;
  }
}
