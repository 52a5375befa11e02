package facelake.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Tells what bytes are by how they begin. */
final class FormatSniffer {
  private static final int SHOWN = 16;

  private static final List<Readable> READABLE =
      List.of(
          new Readable(ImageFormat.JPEG, 0, "\u00FF\u00D8\u00FF"),
          new Readable(ImageFormat.PNG, 0, "\u0089PNG"),
          new Readable(ImageFormat.GIF, 0, "GIF87a"),
          new Readable(ImageFormat.GIF, 0, "GIF89a"),
          new Readable(ImageFormat.BMP, 0, "BM"),
          new Readable(ImageFormat.WEBP, 8, "WEBP"),
          new Readable(ImageFormat.TIFF, 0, "II*\0"),
          new Readable(ImageFormat.TIFF, 0, "MM\0*"),
          new Readable(ImageFormat.TIFF, 0, "II+\0"),
          new Readable(ImageFormat.TIFF, 0, "MM\0+"));

  private static final List<Unreadable> UNREADABLE =
      List.of(
          new Unreadable("A HEIC picture", 4, "ftyphe"),
          new Unreadable("A HEIF picture", 4, "ftypmif1"),
          new Unreadable("A HEIF picture", 4, "ftypmsf1"),
          new Unreadable("An AVIF picture", 4, "ftypavi"),
          new Unreadable("A camera raw file (CR3)", 4, "ftypcrx"),
          new Unreadable("A camera raw file (CR2)", 0, "II*\0\u0010\0\0\0CR"),
          new Unreadable("A camera raw file (RAF)", 0, "FUJIFILMCCD-RAW"),
          new Unreadable("A camera raw file (ORF)", 0, "IIRO"),
          new Unreadable("A camera raw file (ORF)", 0, "IIRS"),
          new Unreadable("A camera raw file (ORF)", 0, "MMOR"),
          new Unreadable("A camera raw file (RW2)", 0, "IIU\0"),
          new Unreadable("A camera raw file (X3F)", 0, "FOVb"),
          new Unreadable("A camera raw file (MRW)", 0, "\0MRM"),
          new Unreadable("A JPEG 2000 picture", 0, "\0\0\0\fjP  "),
          new Unreadable("A JPEG 2000 picture", 0, "\u00FFO\u00FFQ"),
          new Unreadable("A JPEG XL picture", 0, "\0\0\0\fJXL "),
          new Unreadable("A JPEG XL picture", 0, "\u00FF\n"),
          new Unreadable("A JPEG XR picture", 0, "II\u00BC\u0001"),
          new Unreadable("A Photoshop document (PSD)", 0, "8BPS"),
          new Unreadable("A GIMP document (XCF)", 0, "gimp xcf"),
          new Unreadable("An OpenEXR picture", 0, "v/1\u0001"),
          new Unreadable("A Radiance picture (HDR)", 0, "#?RADIANCE"),
          new Unreadable("An icon (ICO)", 0, "\0\0\u0001\0"),
          new Unreadable("A PDF document", 0, "%PDF-"));

  private FormatSniffer() {}

  /** The format of these bytes, or a failure that says what they are instead. */
  static ImageFormat formatOf(byte[] bytes) throws ImageFailure {
    for (Unreadable known : UNREADABLE) {
      if (holds(bytes, known.offset(), known.magic())) {
        throw Failures.unsupported(known.what());
      }
    }
    for (Readable known : READABLE) {
      if (holds(bytes, known.offset(), known.magic())) {
        return known.format();
      }
    }
    throw new ImageFailure(FailureClass.NOT_AN_IMAGE, "This is no picture: " + describe(bytes));
  }

  private static boolean holds(byte[] bytes, int offset, String magic) {
    byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
    int end = offset + wanted.length;
    return bytes.length >= end && Arrays.equals(bytes, offset, end, wanted, 0, wanted.length);
  }

  private static String describe(byte[] bytes) {
    if (bytes.length == 0) {
      return "the file is empty (0 bytes)";
    }
    byte[] first = Arrays.copyOf(bytes, Math.min(bytes.length, SHOWN));
    String shown =
        isText(first)
            ? "the text \"" + new String(first, StandardCharsets.US_ASCII).strip() + "\""
            : HexFormat.ofDelimiter(" ").formatHex(first);
    return "its " + bytes.length + " bytes begin with " + shown;
  }

  private static boolean isText(byte[] first) {
    for (byte value : first) {
      if (value < ' ' && value != '\t' && value != '\n' && value != '\r' || value == 0x7F) {
        return false;
      }
    }
    return true;
  }

  private record Readable(ImageFormat format, int offset, String magic) {}

  private record Unreadable(String what, int offset, String magic) {}
}
