package facelake.image;

import com.twelvemonkeys.imageio.util.ProgressListenerBase;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;

/**
 * GIF's first frame through the JDK's reader, which returns what it has where the data stop: only
 * its count of rows and its warnings tell.
 */
final class GifCodec implements Codec {
  @Override
  public StoredImage decode(byte[] bytes, PixelLimit limit) throws IOException, ImageFailure {
    try (PluginReader reader = new PluginReader(Plugins.GIF, bytes)) {
      limit.check(ImageFormat.GIF, reader.width(), reader.height());
      Rows rows = new Rows();
      BufferedImage image = reader.read(rows);
      if (rows.percent < 100) {
        throw Failures.truncated(
            ImageFormat.GIF, "only %.0f %% of the rows are there".formatted(rows.percent));
      }
      if (reader.warnings().contains("Out-of-sequence code!")) {
        throw Failures.truncated(ImageFormat.GIF, "its LZW codes are out of sequence");
      }
      return new StoredImage(RasterRgb.of(image), StoredImage.NO_EXIF);
    }
  }

  private static final class Rows extends ProgressListenerBase {
    private float percent;

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
      percent = percentageDone;
    }
  }
}
