package facelake.image;

import java.io.IOException;

/** BMP through the JDK's reader. */
final class BmpCodec implements Codec {
  @Override
  public StoredImage decode(byte[] bytes, PixelLimit limit) throws IOException, ImageFailure {
    try (PluginReader reader = new PluginReader(Plugins.BMP, bytes)) {
      limit.check(ImageFormat.BMP, reader.width(), reader.height());
      return new StoredImage(RasterRgb.of(reader.read()), StoredImage.NO_EXIF);
    }
  }
}
