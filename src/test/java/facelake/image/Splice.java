package facelake.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Surgery on the bytes of pictures. */
final class Splice {
  private static final int PNG_AFTER_HEADER = 33;

  private Splice() {}

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The first so many percent of the bytes. */
  static byte[] percent(byte[] bytes, int percent) {
    return Arrays.copyOf(bytes, bytes.length * percent / 100);
  }

  /** A TIFF block whose one directory has an orientation and nothing else. */
  static byte[] exif(int orientation) {
    ByteBuffer block = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
    block.put(text("II*\0")).putInt(8).putShort((short) 1);
    entry(block, 0x0112, orientation).putInt(0);
    return block.array();
  }

  /** A JPEG with a segment more, at the front. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
    ByteBuffer head = ByteBuffer.allocate(4);
    head.put((byte) 0xFF).put((byte) marker).putShort((short) (data.length + 2));
    return join(
        Arrays.copyOf(jpeg, 2), head.array(), data, Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  /** A JPEG whose JFIF header, its first segment, is gone. */
  static byte[] withoutJfif(byte[] jpeg) {
    int length = ByteBuffer.wrap(jpeg).getShort(4);
    return join(Arrays.copyOf(jpeg, 2), Arrays.copyOfRange(jpeg, 4 + length, jpeg.length));
  }

  /** The place of the first such bytes. */
  static int indexOf(byte[] bytes, int... wanted) {
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      int same = 0;
      while (same < wanted.length && (bytes[i + same] & 0xFF) == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return i;
      }
    }
    throw new IllegalArgumentException("Not there: " + Arrays.toString(wanted));
  }

  /** A PNG with a chunk more, behind its header. */
  static byte[] withChunk(byte[] png, String type, byte[] data) {
    return join(
        Arrays.copyOf(png, PNG_AFTER_HEADER),
        chunk(type, data),
        Arrays.copyOfRange(png, PNG_AFTER_HEADER, png.length));
  }

  /** A PNG that ends behind its header, which declares this size. */
  static byte[] pngHeader(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) 8).put((byte) 2);
    return join(text("\u0089PNG\r\n\u001a\n"), chunk("IHDR", header.array()));
  }

  private static byte[] chunk(String type, byte[] data) {
    byte[] body = join(text(type), data);
    CRC32 crc = new CRC32();
    crc.update(body);
    return join(
        ByteBuffer.allocate(4).putInt(data.length).array(),
        body,
        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  /** An uncompressed TIFF of the formula picture, with one entry more. */
  static byte[] tiff(int tag, int value) {
    Map<Integer, Integer> entries = new TreeMap<>();
    entries.put(256, Pictures.WIDTH);
    entries.put(257, Pictures.HEIGHT);
    entries.put(258, 8);
    entries.put(259, 1);
    entries.put(262, 2);
    entries.put(277, 3);
    entries.put(278, Pictures.HEIGHT);
    entries.put(279, Pictures.WIDTH * Pictures.HEIGHT * 3);
    entries.put(tag, value);
    int strip = 8 + 2 + 12 * (entries.size() + 1) + 4;
    entries.put(273, strip);
    ByteBuffer head = ByteBuffer.allocate(strip).order(ByteOrder.LITTLE_ENDIAN);
    head.put(text("II*\0")).putInt(8).putShort((short) entries.size());
    entries.forEach((key, number) -> entry(head, key, number));
    return join(head.array(), Pictures.formulaRgb());
  }

  private static ByteBuffer entry(ByteBuffer block, int tag, int value) {
    return block.putShort((short) tag).putShort((short) 4).putInt(1).putInt(value);
  }
}
