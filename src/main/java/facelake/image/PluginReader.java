package facelake.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** An ImageIO reader on the bytes of one picture; whoever opens it closes it. */
final class PluginReader implements AutoCloseable {
  private final ImageReader reader;
  private final Set<String> warnings = new LinkedHashSet<>();

  PluginReader(ImageReaderSpi plugin, byte[] bytes) throws IOException {
    this(plugin, new ByteArrayImageInputStream(bytes));
  }

  PluginReader(ImageReaderSpi plugin, ImageInputStream input) throws IOException {
    reader = plugin.createReaderInstance();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    reader.setInput(input, true, true);
  }

  /** What the first picture's header declares, in pixels. */
  int width() throws IOException {
    return reader.getWidth(0);
  }

  /** What the first picture's header declares, in pixels. */
  int height() throws IOException {
    return reader.getHeight(0);
  }

  /** The first picture. */
  BufferedImage read() throws IOException {
    return reader.read(0);
  }

  /** The first picture, and word of its progress to a listener. */
  BufferedImage read(IIOReadProgressListener listener) throws IOException {
    reader.addIIOReadProgressListener(listener);
    return reader.read(0);
  }

  /** The first picture's samples before any conversion of colours. */
  Raster readRaster() throws IOException {
    return reader.readRaster(0, null);
  }

  /** What the reader complained of, each complaint once. */
  Set<String> warnings() {
    return warnings;
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
