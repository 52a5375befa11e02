package facelake.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * PNG through the JDK's reader, which does not look at checksums; as libpng does, a picture needs
 * all of its chunks up to IEND, and right checksums where a chunk is critical.
 */
final class PngCodec implements Codec {
  private static final int FIRST_CHUNK = 8;
  private static final int IEND = 0x49454E44;
  private static final int EXIF = 0x65584966;
  private static final int ANCILLARY = 0x20000000;

  @Override
  public StoredImage decode(byte[] bytes, PixelLimit limit) throws IOException, ImageFailure {
    try (PluginReader reader = new PluginReader(Plugins.PNG, bytes)) {
      limit.check(ImageFormat.PNG, reader.width(), reader.height());
      int exif = checkChunks(bytes);
      return new StoredImage(RasterRgb.of(reader.read()), exif);
    }
  }

  /** Walks the chunks (PNG specification, section 5.3) and returns where EXIF stands, if any. */
  private static int checkChunks(byte[] bytes) throws ImageFailure {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int exif = StoredImage.NO_EXIF;
    int chunk = FIRST_CHUNK;
    int type;
    do {
      int length = in.getInt(chunk);
      type = in.getInt(chunk + 4);
      int data = chunk + 8;
      if (length < 0 || length > bytes.length - data - 4) {
        throw Failures.truncated(
            ImageFormat.PNG,
            "a chunk at byte %d should have %d bytes, the file has %d"
                .formatted(chunk, Integer.toUnsignedLong(length), bytes.length));
      }
      if ((type & ANCILLARY) == 0
          && checksum(bytes, chunk + 4, length + 4) != in.getInt(data + length)) {
        throw Failures.truncated(
            ImageFormat.PNG, "the chunk at byte " + chunk + " has a wrong checksum");
      }
      exif = type == EXIF ? data : exif;
      chunk = data + length + 4;
    } while (type != IEND);
    return exif;
  }

  private static int checksum(byte[] bytes, int offset, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
