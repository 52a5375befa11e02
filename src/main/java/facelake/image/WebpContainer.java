package facelake.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The chunks of a WebP file (RFC 9649, sections 2 and 3). */
final class WebpContainer {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;
  private static final int FOURTEEN_BITS = 0x3FFF;

  private final ByteBuffer in;
  private final PixelLimit limit;
  private int exif = StoredImage.NO_EXIF;
  private boolean hasPicture;
  private int width;
  private int height;

  /** Nothing is read yet. */
  WebpContainer(byte[] bytes, PixelLimit limit) {
    this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.limit = limit;
  }

  /** Fails unless every chunk is whole and the first picture has this size. */
  void check(int expectedWidth, int expectedHeight) throws ImageFailure {
    long end = Integer.toUnsignedLong(in.getInt(4)) + CHUNK_HEADER;
    if (end > in.limit()) {
      throw truncated("it should have %d bytes, the file has %d", end, in.limit());
    }
    walk(FIRST_CHUNK, (int) end);
    if (!hasPicture || width != expectedWidth || height != expectedHeight) {
      throw truncated(
          "it declares %d x %d, its picture has %d x %d",
          expectedWidth, expectedHeight, width, height);
    }
  }

  /** Where the TIFF header of the EXIF block stands, or {@link StoredImage#NO_EXIF}. */
  int exif() {
    return exif;
  }

  private void walk(int start, int end) throws ImageFailure {
    int chunk = start;
    while (chunk + CHUNK_HEADER <= end) {
      int data = chunk + CHUNK_HEADER;
      long length = Integer.toUnsignedLong(in.getInt(chunk + 4));
      if (data + length > end) {
        throw truncated("its chunk at byte %d should have %d bytes", chunk, length);
      }
      visit(word(chunk, 4), data, (int) length);
      chunk = data + (int) (length + (length & 1));
    }
  }

  private void visit(String type, int data, int length) throws ImageFailure {
    switch (type) {
      case "ANMF" -> walk(data + FRAME_HEADER, data + length);
      case "VP8 " ->
          picture(in.getShort(data + 6) & FOURTEEN_BITS, in.getShort(data + 8) & FOURTEEN_BITS);
      case "VP8L" -> {
        int size = in.getInt(data + 1);
        picture((size & FOURTEEN_BITS) + 1, (size >> 14 & FOURTEEN_BITS) + 1);
      }
      case "EXIF" -> exif = word(data, 6).equals("Exif\0\0") ? data + 6 : data;
      default -> {}
    }
  }

  private void picture(int pictureWidth, int pictureHeight) throws ImageFailure {
    limit.check(ImageFormat.WEBP, pictureWidth, pictureHeight);
    if (!hasPicture) {
      hasPicture = true;
      width = pictureWidth;
      height = pictureHeight;
    }
  }

  private String word(int offset, int length) {
    byte[] letters = new byte[Math.min(length, in.limit() - offset)];
    in.get(offset, letters);
    return new String(letters, StandardCharsets.ISO_8859_1);
  }

  private static ImageFailure truncated(String reason, Object... values) {
    return Failures.truncated(ImageFormat.WEBP, reason.formatted(values));
  }
}
