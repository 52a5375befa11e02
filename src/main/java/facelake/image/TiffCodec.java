package facelake.image;

import java.io.IOException;

/**
 * TIFF's first page through TwelveMonkeys' reader, some of whose decompressors go on where the data
 * stop: the strips or tiles must lie inside the file. The first page of most cameras' raw files is
 * only a small preview, so these are refused.
 */
final class TiffCodec implements Codec {
  private static final int SUBFILE_TYPE = 254;
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_SIZES = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_SIZES = 325;
  private static final int DNG_VERSION = 50706;

  @Override
  public StoredImage decode(byte[] bytes, PixelLimit limit) throws IOException, ImageFailure {
    TiffDirectory page = new TiffDirectory(bytes);
    if (page.has(DNG_VERSION) || isPreview(page)) {
      throw Failures.unsupported("A camera raw file (DNG, NEF, ARW or the like)");
    }
    try (PluginReader reader = new PluginReader(Plugins.TIFF, bytes)) {
      limit.check(ImageFormat.TIFF, reader.width(), reader.height());
      checkInside(bytes, page.numbers(STRIP_OFFSETS), page.numbers(STRIP_SIZES));
      checkInside(bytes, page.numbers(TILE_OFFSETS), page.numbers(TILE_SIZES));
      return new StoredImage(RasterRgb.of(reader.read()), 0);
    }
  }

  private static boolean isPreview(TiffDirectory page) {
    long[] type = page.numbers(SUBFILE_TYPE);
    return type.length > 0 && (type[0] & 1) == 1;
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
