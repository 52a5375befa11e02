package facelake.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * The samples of an ImageIO picture as RGB bytes, without Java's colour management, which would
 * apply a gamma to gray and an embedded profile to everything.
 */
final class RasterRgb {
  private final Raster raster;
  private final ColorModel model;
  private final int width;
  private final int height;

  private RasterRgb(BufferedImage image) {
    raster = image.getRaster();
    model = image.getColorModel();
    width = image.getWidth();
    height = image.getHeight();
  }

  /** The picture with alpha over black; {@code unsupported} for samples that are no gray or RGB. */
  static RgbImage of(BufferedImage image) throws ImageFailure {
    RasterRgb source = new RasterRgb(image);
    return new RgbImage(source.rgb(), source.width, source.height);
  }

  private byte[] rgb() throws ImageFailure {
    if (model instanceof IndexColorModel palette) {
      return lookUp(palette);
    }
    int colours = model.getNumColorComponents();
    boolean known =
        switch (model.getColorSpace().getType()) {
          case ColorSpace.TYPE_GRAY -> colours == 1;
          case ColorSpace.TYPE_RGB -> colours == 3;
          case ColorSpace.TYPE_CMYK -> colours == 4;
          default -> false;
        };
    if (!known
        || raster.getTransferType() > DataBuffer.TYPE_INT
        || raster.getTransferType() == DataBuffer.TYPE_SHORT) {
      throw Failures.unsupported(
          "A picture of colour space %d with samples of Java's type %d"
              .formatted(model.getColorSpace().getType(), raster.getTransferType()));
    }
    return isPlainBytes(colours) ? copyBytes(colours) : convertRows(colours);
  }

  private byte[] lookUp(IndexColorModel palette) {
    int[] argb = new int[palette.getMapSize()];
    palette.getRGBs(argb);
    byte[] rgb = new byte[width * height * 3];
    int[] row = new int[width];
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int index : row) {
        int colour = argb[index];
        int alpha = colour >>> 24;
        rgb[to++] = Samples.overBlack(colour >> 16 & 0xFF, alpha);
        rgb[to++] = Samples.overBlack(colour >> 8 & 0xFF, alpha);
        rgb[to++] = Samples.overBlack(colour & 0xFF, alpha);
      }
    }
    return rgb;
  }

  /** The common case: gray or RGB in any order, opaque. */
  private boolean isPlainBytes(int colours) {
    return colours <= 3
        && !model.hasAlpha()
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel
        && raster.getDataBuffer() instanceof DataBufferByte
        && raster.getParent() == null;
  }

  private byte[] copyBytes(int colours) {
    PixelInterleavedSampleModel layout = (PixelInterleavedSampleModel) raster.getSampleModel();
    byte[] from = ((DataBufferByte) raster.getDataBuffer()).getData();
    int base = raster.getDataBuffer().getOffset();
    int[] band = layout.getBandOffsets();
    int red = base + band[0];
    int green = base + band[colours / 2];
    int blue = base + band[colours - 1];
    byte[] rgb = new byte[width * height * 3];
    int to = 0;
    for (int y = 0; y < height; y++) {
      int pixel = y * layout.getScanlineStride();
      for (int x = 0; x < width; x++, pixel += layout.getPixelStride()) {
        rgb[to++] = from[red + pixel];
        rgb[to++] = from[green + pixel];
        rgb[to++] = from[blue + pixel];
      }
    }
    return rgb;
  }

  private byte[] convertRows(int colours) {
    int bands = raster.getNumBands();
    int[] bits = raster.getSampleModel().getSampleSize();
    boolean blend = model.hasAlpha() && !model.isAlphaPremultiplied();
    byte[] rgb = new byte[width * height * 3];
    int[] row = new int[width * bands];
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int pixel = 0; pixel < row.length; pixel += bands) {
        for (int band = 0; band < bands; band++) {
          row[pixel + band] = Samples.toByte(row[pixel + band], bits[band]);
        }
        int alpha = blend ? row[pixel + colours] : 255;
        for (int i = 0; i < 3; i++) {
          rgb[to++] = Samples.overBlack(light(row, pixel, colours, i), alpha);
        }
      }
    }
    return rgb;
  }

  /** Red, green or blue of a pixel of gray, RGB or CMYK samples. */
  private static int light(int[] samples, int pixel, int colours, int i) {
    return switch (colours) {
      case 1 -> samples[pixel];
      case 3 -> samples[pixel + i];
      default -> Samples.shade(255 - samples[pixel + i], 255 - samples[pixel + 3]) & 0xFF;
    };
  }
}
