package facelake.image;

import java.io.IOException;

/**
 * TIFF's first page through TwelveMonkeys' reader, some of whose decompressors go on where the data
 * stop: the strips or tiles must lie inside the file. The first page of most cameras' raw files is
 * only a small preview, so these are refused.
 */
final class TiffCodec implements Codec {
  private static final int SUBFILE_TYPE = 254;
  private static final int REDUCED = 1;
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_SIZES = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_SIZES = 325;
  private static final int DNG_VERSION = 50706;
  private static final int BITS_PER_SAMPLE = 258;
  private static final int SAMPLES_PER_PIXEL = 277;

  /** Colours, alpha and a few channels more; the reader takes memory for as many as declared. */
  private static final int MOST_SAMPLES = 8;

  @Override
  public StoredImage decode(byte[] bytes, PixelLimit limit) throws IOException, ImageFailure {
    TiffDirectory page = new TiffDirectory(bytes);
    if (page.has(DNG_VERSION) || (first(page, SUBFILE_TYPE) & REDUCED) != 0) {
      throw Failures.unsupported("A camera raw file (DNG, NEF, ARW or the like)");
    }
    long samples = Math.max(first(page, SAMPLES_PER_PIXEL), page.numbers(BITS_PER_SAMPLE).length);
    if (samples > MOST_SAMPLES) {
      throw Failures.unsupported("A TIFF picture of " + samples + " samples a pixel");
    }
    try (PluginReader reader = new PluginReader(Plugins.TIFF, bytes)) {
      limit.check(ImageFormat.TIFF, reader.width(), reader.height());
      checkInside(bytes, page.numbers(STRIP_OFFSETS), page.numbers(STRIP_SIZES));
      checkInside(bytes, page.numbers(TILE_OFFSETS), page.numbers(TILE_SIZES));
      return new StoredImage(RasterRgb.of(reader.read()), 0);
    }
  }

  /** The first number of an entry, 0 where there is none. */
  private static long first(TiffDirectory page, int tag) {
    long[] numbers = page.numbers(tag);
    return numbers.length == 0 ? 0 : numbers[0];
  }

  private static void checkInside(byte[] bytes, long[] offsets, long[] sizes) throws ImageFailure {
    for (int i = 0; i < Math.min(offsets.length, sizes.length); i++) {
      if (offsets[i] < 0 || sizes[i] < 0 || sizes[i] > bytes.length - offsets[i]) {
        throw Failures.truncated(
            ImageFormat.TIFF,
            "its part %d has %d bytes from byte %d, the file has %d"
                .formatted(i + 1, sizes[i], offsets[i], bytes.length));
      }
    }
  }
}
