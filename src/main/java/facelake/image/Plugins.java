package facelake.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * The ImageIO reader of each format, by name: what ImageIO's own search finds depends on the class
 * loader of the thread that asks first, which under spark-submit does not see the jar.
 */
final class Plugins {
  static final ImageReaderSpi JPEG = ofJdk("jpeg");
  static final ImageReaderSpi PNG = ofJdk("png");
  static final ImageReaderSpi GIF = ofJdk("gif");
  static final ImageReaderSpi BMP = ofJdk("bmp");
  static final ImageReaderSpi WEBP = new WebPImageReaderSpi();
  static final ImageReaderSpi TIFF = new TIFFImageReaderSpi();

  /** Mends headers that the JDK's reader refuses, then lets that reader decode. */
  static final ImageReaderSpi MENDING_JPEG = mendingJpeg();

  private Plugins() {}

  private static ImageReaderSpi ofJdk(String format) {
    Iterator<ImageReaderSpi> found =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class,
                provider ->
                    provider.getClass().getModule() == ImageReaderSpi.class.getModule()
                        && Arrays.asList(((ImageReaderSpi) provider).getFormatNames())
                            .contains(format),
                false);
    if (!found.hasNext()) {
      throw new IllegalStateException("This Java has no ImageIO reader for " + format);
    }
    return found.next();
  }

  /** The plugin looks its delegate up where it is registered: in a registry of its own here. */
  private static ImageReaderSpi mendingJpeg() {
    ImageReaderSpi plugin = new JPEGImageReaderSpi();
    ServiceRegistry registry =
        new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
    registry.registerServiceProvider(JPEG, ImageReaderSpi.class);
    registry.registerServiceProvider(plugin, ImageReaderSpi.class);
    return plugin;
  }
}
