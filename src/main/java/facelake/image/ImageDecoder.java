package facelake.image;

import facelake.UserError;
import java.io.IOException;

/**
 * Pictures from bytes: JPEG, PNG, GIF, BMP, WebP and TIFF, told apart by their first bytes, never
 * by a name. For use by one thread at a time, for any number of pictures; holds nothing between
 * them.
 *
 * <p>What comes out is 8-bit RGB as stored: colour profiles are ignored, gray is replicated, of 16
 * bits the high 8 are taken, transparency is black ({@code sample * alpha >> 8}, dlib's {@code
 * assign_pixel}). JPEG samples are libjpeg's with its default settings, bit for bit, but lossy WebP
 * differs from libwebp's by a few levels; CMYK becomes RGB by {@code (255 - ink) * (255 - black) /
 * 255}. Of several pictures in a file the first is taken.
 */
public final class ImageDecoder {
  /** Four bytes a pixel must fit into one array. */
  public static final long MOST_PIXELS = 500_000_000;

  private final PixelLimit limit;

  /**
   * A decoder that refuses pictures of more than so many pixels.
   *
   * @param maxPixels declared width times height, 1 to 500,000,000
   * @throws UserError when the limit is outside that range
   */
  public ImageDecoder(long maxPixels) {
    if (maxPixels < 1 || maxPixels > MOST_PIXELS) {
      throw new UserError("--max-pixels is %d; give a number from 1 to %d", maxPixels, MOST_PIXELS);
    }
    limit = new PixelLimit(maxPixels);
  }

  /**
   * The whole picture, upright.
   *
   * @param bytes a file's content; neither kept nor changed
   * @throws ImageFailure {@code not-an-image}, {@code unsupported}, {@code too-large} (before
   *     memory is taken for pixels) or {@code truncated}; a picture with missing or damaged rows is
   *     never handed out. Damaged metadata are no failure: the orientation is 1 then.
   */
  public DecodedImage decode(byte[] bytes) throws ImageFailure {
    ImageFormat format = FormatSniffer.formatOf(bytes);
    try {
      StoredImage stored = codec(format).decode(bytes, limit);
      int orientation = Orientation.of(bytes, stored.exif());
      return new DecodedImage(
          Orientation.upright(stored.image(), orientation), format, orientation);
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw Failures.of(format, e);
    }
  }

  private static Codec codec(ImageFormat format) {
    return switch (format) {
      case JPEG -> new JpegCodec();
      case PNG -> new PngCodec();
      case GIF -> new GifCodec();
      case BMP -> new BmpCodec();
      case WEBP -> new WebpCodec();
      case TIFF -> new TiffCodec();
    };
  }
}
