package facelake.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures to JPEG, by the JDK's encoder: the same bytes for the same picture and quality. */
public final class JpegEncoder {
  private JpegEncoder() {}

  /**
   * The picture as a JPEG file without metadata.
   *
   * @param quality 0 to 1; 0.75 uses the tables of the JPEG standard as they are
   */
  public static byte[] encode(RgbImage image, float quality) {
    ImageReader reader = null;
    ImageWriter writer = null;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      reader = Plugins.JPEG.createReaderInstance();
      writer = ImageIO.getImageWriter(reader);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(buffered(image), null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (writer != null) {
        writer.dispose();
      }
      if (reader != null) {
        reader.dispose();
      }
    }
    return bytes.toByteArray();
  }

  private static BufferedImage buffered(RgbImage image) {
    byte[] rgb = image.rgb();
    int[] pixels = new int[image.width() * image.height()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
    }
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    buffered.setRGB(0, 0, image.width(), image.height(), pixels, 0, image.width());
    return buffered;
  }
}
