package facelake.image;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;

/**
 * The EXIF tag Orientation (0x0112, CIPA DC-008 section 4.6.4): which edges of the scene the first
 * row and the first column of a stored picture are.
 */
final class Orientation {
  private static final int UPRIGHT = 1;

  private Orientation() {}

  /** The orientation, 1 to 8, of the EXIF block there; 1 where there is none or it is damaged. */
  static int of(byte[] bytes, int exif) {
    if (exif == StoredImage.NO_EXIF) {
      return UPRIGHT;
    }
    try {
      Metadata metadata = new Metadata();
      new ExifReader().extract(new ByteArrayReader(bytes, exif), metadata);
      ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
      Integer value =
          directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      return value == null || value < 1 || value > 8 ? UPRIGHT : value;
    } catch (RuntimeException | StackOverflowError e) {
      return UPRIGHT;
    }
  }

  /** The picture as a person would see it: turned and mirrored as its orientation asks. */
  static RgbImage upright(RgbImage stored, int orientation) {
    int width = stored.width();
    int height = stored.height();
    int last = width * height - 1;
    return switch (orientation) {
      case 2 -> walk(stored, width, height, width - 1, -1, width);
      case 3 -> walk(stored, width, height, last, -1, -width);
      case 4 -> walk(stored, width, height, last - width + 1, 1, -width);
      case 5 -> walk(stored, height, width, 0, width, 1);
      case 6 -> walk(stored, height, width, last - width + 1, -width, 1);
      case 7 -> walk(stored, height, width, last, -width, -1);
      case 8 -> walk(stored, height, width, width - 1, width, -1);
      default -> stored;
    };
  }

  /**
   * A picture of this size, read from a first pixel with steps to the right and to the next row.
   */
  private static RgbImage walk(
      RgbImage stored, int width, int height, int first, int right, int down) {
    byte[] from = stored.rgb();
    byte[] to = new byte[from.length];
    int target = 0;
    for (int y = 0; y < height; y++) {
      int source = 3 * (first + y * down);
      for (int x = 0; x < width; x++, source += 3 * right) {
        to[target++] = from[source];
        to[target++] = from[source + 1];
        to[target++] = from[source + 2];
      }
    }
    return new RgbImage(to, width, height);
  }
}
