package facelake.job;

import facelake.image.RgbImage;
import facelake.pipeline.TestChip;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * A photo for measuring: rows of drawn faces, with the noise of a camera, as pixels and as JPEG.
 */
final class DrawnPhoto {
  private static final int NOISE = 12;

  private final RgbImage image;
  private final byte[] jpeg;

  DrawnPhoto(int width, int height) {
    byte[] chip = TestChip.rgb();
    byte[] rgb = new byte[width * height * 3];
    Random random = new Random(1);
    for (int i = 0; i < width * height; i++) {
      int x = i % width % TestChip.SIZE;
      int y = i / width % TestChip.SIZE;
      for (int channel = 0; channel < 3; channel++) {
        int value = (chip[(y * TestChip.SIZE + x) * 3 + channel] & 0xff) + random.nextInt(NOISE);
        rgb[3 * i + channel] = (byte) Math.min(255, value);
      }
    }
    image = new RgbImage(rgb, width, height);
    jpeg = encoded(image);
  }

  private static byte[] encoded(RgbImage image) {
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = image.rgb();
    for (int i = 0; i < rgb.length / 3; i++) {
      int pixel = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
      buffered.setRGB(i % image.width(), i / image.width(), pixel);
    }
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(buffered, "jpeg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RgbImage image() {
    return image;
  }

  byte[] jpeg() {
    return jpeg;
  }
}
