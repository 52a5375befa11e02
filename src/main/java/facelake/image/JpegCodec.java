package facelake.image;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.regex.Pattern;
import javax.imageio.spi.ImageReaderSpi;

/**
 * JPEG through the JDK's reader, which is libjpeg; raw samples are taken and converted here,
 * because the JDK guesses some colours differently. What that reader refuses for its header alone
 * goes through TwelveMonkeys', which mends headers.
 *
 * <p>Libjpeg fills what is missing with gray and warns, so warnings decide; only the first of a
 * picture is handed out. A stream that lacks its end marker is whole when its one scan gave every
 * row without a warning, as libjpeg sees it; with several scans nobody can tell whether more were
 * to come.
 */
final class JpegCodec implements Codec {
  /** Stray bytes before a marker harm nothing, except before a restart marker, inside the data. */
  private static final Pattern DAMAGE =
      Pattern.compile("Corrupt JPEG data: (?!.*extraneous bytes before marker 0x(?!d[0-7])).*");

  @Override
  public StoredImage decode(byte[] bytes, PixelLimit limit) throws IOException, ImageFailure {
    JpegHeader header = new JpegHeader(bytes);
    limit.check(ImageFormat.JPEG, header.width(), header.height());
    Raster raster = samples(bytes, header);
    byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
    byte[] rgb = header.colours().toRgb(samples);
    return new StoredImage(new RgbImage(rgb, raster.getWidth(), raster.getHeight()), header.exif());
  }

  private static Raster samples(byte[] bytes, JpegHeader header) throws IOException, ImageFailure {
    try {
      return samples(Plugins.JPEG, bytes, header);
    } catch (IOException | RuntimeException e) {
      return samples(Plugins.MENDING_JPEG, bytes, header);
    }
  }

  private static Raster samples(ImageReaderSpi plugin, byte[] bytes, JpegHeader header)
      throws IOException, ImageFailure {
    try (PluginReader reader = new PluginReader(plugin, bytes)) {
      Raster raster = reader.readRaster();
      for (String warning : reader.warnings()) {
        if (DAMAGE.matcher(warning).matches()) {
          throw Failures.truncated(ImageFormat.JPEG, warning);
        }
      }
      if (!hasEnd(bytes, header.scanData()) && !(header.hasOneScan() && isOnlyEndMissing(reader))) {
        throw Failures.truncated(ImageFormat.JPEG, "the end marker is missing");
      }
      return raster;
    }
  }

  /** The one warning is the JDK's own of the missing end; another could hide missing rows. */
  private static boolean isOnlyEndMissing(PluginReader reader) {
    return reader.warnings().size() <= 1;
  }

  /** Inside a scan's data the byte 0xFF is escaped, so that this pair is an end marker. */
  private static boolean hasEnd(byte[] bytes, int scanData) {
    for (int i = bytes.length - 2; i >= scanData; i--) {
      if (bytes[i] == (byte) 0xFF && bytes[i + 1] == (byte) 0xD9) {
        return true;
      }
    }
    return false;
  }
}
