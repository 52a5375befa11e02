package facelake.image;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Drawn pictures, and their bytes as the JDK's writers make them. */
final class Pictures {
  static final int WIDTH = 24;
  static final int HEIGHT = 16;

  private Pictures() {}

  /** Every sample known: red 10 x, green 15 y, blue their exclusive or. */
  static BufferedImage formula(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      image.setRGB(x, y, 0xFF000000 | 10 * x << 16 | 15 * y << 8 | 10 * x ^ 15 * y);
    }
    return image;
  }

  /** The samples of {@link #formula}. */
  static byte[] formulaRgb() {
    byte[] rgb = new byte[WIDTH * HEIGHT * 3];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int red = 10 * (i % WIDTH);
      int green = 15 * (i / WIDTH);
      rgb[3 * i] = (byte) red;
      rgb[3 * i + 1] = (byte) green;
      rgb[3 * i + 2] = (byte) (red ^ green);
    }
    return rgb;
  }

  /** Random shapes, the same for the same seed whatever the size. */
  static BufferedImage scene(long seed, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(width / 100.0, height / 100.0);
    graphics.setStroke(new BasicStroke(3));
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      graphics.setColor(new Color(random.nextInt(0x1000000)));
      int x = random.nextInt(100) - 10;
      int y = random.nextInt(100) - 10;
      if (i % 3 == 0) {
        graphics.drawLine(x, y, random.nextInt(100), random.nextInt(100));
      } else {
        graphics.fillOval(x, y, 5 + random.nextInt(40), 5 + random.nextInt(40));
      }
    }
    graphics.dispose();
    return image;
  }

  /** The bytes of an image in a format without settings. */
  static byte[] bytes(RenderedImage image, String format) {
    return write(format, new IIOImage(image, null, null), writer -> null);
  }

  /** Baseline JPEG; of a raster alone the components are stored as they are. */
  static byte[] jpeg(IIOImage image, double quality) {
    return write("jpeg", image, writer -> jpegParam(writer, quality));
  }

  /** Baseline JPEG. */
  static byte[] jpeg(BufferedImage image, double quality) {
    return jpeg(new IIOImage(image, null, null), quality);
  }

  /** Progressive JPEG. */
  static byte[] progressiveJpeg(BufferedImage image, double quality) {
    return write(
        "jpeg",
        new IIOImage(image, null, null),
        writer -> {
          ImageWriteParam param = jpegParam(writer, quality);
          param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
          return param;
        });
  }

  /** TIFF with a compression by the name that the JDK's writer has for it. */
  static byte[] tiff(BufferedImage image, String compression) {
    return write(
        "tiff",
        new IIOImage(image, null, null),
        writer -> {
          ImageWriteParam param = writer.getDefaultWriteParam();
          param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          param.setCompressionType(compression);
          return param;
        });
  }

  /** A file that stands beside the tests' classes. */
  static byte[] resource(String name) {
    try (InputStream in = Pictures.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImageWriteParam jpegParam(ImageWriter writer, double quality) {
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionQuality((float) quality);
    return param;
  }

  private interface Settings {
    ImageWriteParam of(ImageWriter writer);
  }

  private static byte[] write(String format, IIOImage image, Settings settings) {
    ImageWriter writer = jdkWriter(format);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, image, settings.of(writer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static ImageWriter jdkWriter(String format) {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    ImageWriter writer = writers.next();
    while (writer.getClass().getModule() != ImageWriter.class.getModule()) {
      writer = writers.next();
    }
    return writer;
  }
}
