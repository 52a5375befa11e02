package facelake.image;

import java.nio.ByteBuffer;

/**
 * What a JPEG stream says before the data of its first scan (ITU-T T.81, annex B; JFIF; Adobe's
 * APP14; EXIF's APP1).
 */
final class JpegHeader {
  private static final int SOF0 = 0xC0;
  private static final int SOF2 = 0xC2;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int SOF15 = 0xCF;
  private static final int RST0 = 0xD0;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final int SOF55 = 0xF7;

  private final ByteBuffer in;
  private int process;
  private int width;
  private int height;
  private int[] componentIds = {};
  private boolean jfif;
  private int adobeTransform = JpegColours.NO_ADOBE;
  private int exif = StoredImage.NO_EXIF;
  private int scanComponents;
  private int scanData;

  /** Reads as far as the first scan; a runtime exception where the bytes stop before it. */
  JpegHeader(byte[] bytes) throws ImageFailure {
    in = ByteBuffer.wrap(bytes);
    in.position(2);
    int marker;
    do {
      marker = nextMarker();
      readSegment(marker);
    } while (marker != SOS);
  }

  /** Pixels. */
  int width() {
    return width;
  }

  /** Pixels. */
  int height() {
    return height;
  }

  /** What the samples mean, guessed as libjpeg guesses. */
  JpegColours colours() throws ImageFailure {
    return JpegColours.of(componentIds, jfif, adobeTransform);
  }

  /** Whether the first scan carries all that there is of the picture. */
  boolean hasOneScan() {
    return process != SOF2 && scanComponents == componentIds.length;
  }

  /** Where the data of the first scan begin. */
  int scanData() {
    return scanData;
  }

  /** Where the TIFF header of the EXIF block stands, or {@link StoredImage#NO_EXIF}. */
  int exif() {
    return exif;
  }

  /** Skips what stands between segments, as libjpeg does, and fill bytes. */
  private int nextMarker() {
    int marker = 0;
    while (marker == 0 || marker >= RST0 && marker <= SOI || marker == 1) {
      do {
        marker = unsignedByte();
      } while (marker != 0xFF);
      while (marker == 0xFF) {
        marker = unsignedByte();
      }
    }
    return marker;
  }

  private void readSegment(int marker) throws ImageFailure {
    if (marker == EOI) {
      throw Failures.truncated(ImageFormat.JPEG, "it ends before its first scan");
    }
    int end = in.position() + unsignedShort(in.position());
    in.position(in.position() + 2);
    switch (marker) {
      case SOS -> readScan(end);
      case APP0 -> jfif |= startsWith("JFIF\0");
      case APP1 -> readExif();
      case APP14 -> readAdobe();
      default -> readFrame(marker);
    }
    in.position(end);
  }

  private void readScan(int end) {
    scanComponents = unsignedByte();
    scanData = end;
  }

  private void readExif() {
    if (exif == StoredImage.NO_EXIF && startsWith("Exif\0\0")) {
      exif = in.position() + 6;
    }
  }

  private void readAdobe() {
    if (startsWith("Adobe")) {
      adobeTransform = Byte.toUnsignedInt(in.get(in.position() + 11));
    }
  }

  private void readFrame(int marker) throws ImageFailure {
    if (!isFrame(marker)) {
      return;
    }
    int precision = unsignedByte();
    if (marker > SOF2 || precision != 8) {
      throw Failures.unsupported(
          "JPEG with %d-bit samples and process SOF%d".formatted(precision, marker - SOF0));
    }
    process = marker;
    height = unsignedShort(in.position());
    width = unsignedShort(in.position() + 2);
    componentIds = new int[Byte.toUnsignedInt(in.get(in.position() + 4))];
    for (int i = 0; i < componentIds.length; i++) {
      componentIds[i] = Byte.toUnsignedInt(in.get(in.position() + 5 + 3 * i));
    }
  }

  /** All codings of frames, JPEG-LS among them. */
  private static boolean isFrame(int marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC
        || marker == SOF55;
  }

  private boolean startsWith(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (in.get(in.position() + i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int unsignedByte() {
    return Byte.toUnsignedInt(in.get());
  }

  private int unsignedShort(int position) {
    return Short.toUnsignedInt(in.getShort(position));
  }
}
