package facelake.image;

import java.io.IOException;

/**
 * WebP through TwelveMonkeys' reader, the first frame of an animation. Its decoder goes on where
 * the data stop, takes memory for the size that a frame itself declares, and converts colours for
 * an embedded profile: the container is checked before, and its profile hidden.
 *
 * <p>Lossless samples are exact. Lossy ones differ from libwebp's, by 3 of 255 on average at
 * quality 80: the reader predicts from filtered neighbours, and does not smooth colours when it
 * enlarges them.
 */
final class WebpCodec implements Codec {
  private static final int FIRST_CHUNK = 12;
  private static final int FLAGS = 20;
  private static final int HAS_PROFILE = 0x20;

  @Override
  public StoredImage decode(byte[] bytes, PixelLimit limit) throws IOException, ImageFailure {
    LookaheadInput input = new LookaheadInput(withoutProfile(bytes));
    try (PluginReader reader = new PluginReader(Plugins.WEBP, input)) {
      limit.check(ImageFormat.WEBP, reader.width(), reader.height());
      WebpContainer container = new WebpContainer(bytes, limit);
      container.check(reader.width(), reader.height());
      return new StoredImage(RasterRgb.of(reader.read()), container.exif());
    }
  }

  private static byte[] withoutProfile(byte[] bytes) {
    boolean extended = bytes.length > FLAGS && bytes[FIRST_CHUNK + 3] == 'X';
    if (!extended || (bytes[FLAGS] & HAS_PROFILE) == 0) {
      return bytes;
    }
    byte[] plain = bytes.clone();
    plain[FLAGS] &= ~HAS_PROFILE;
    return plain;
  }
}
