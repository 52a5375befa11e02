package facelake.step.export;

import facelake.step.source.SourceImage;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Names of exported files that every file system takes: the dataset and the photo's own name, in
 * letters and digits of any script, with {@code . _ -}; anything else becomes {@code _}.
 */
final class FileNames {
  /** Bytes of UTF-8; file systems take 255 at least, of which suffixes and a person need some. */
  private static final int MOST_BYTES = 150;

  private static final int LONGEST_EXTENSION = 5;

  private FileNames() {}

  /**
   * A photo's name without its extension, for instance {@code lfw-Aaron_Eckhart_0001}.
   *
   * @param uri as in {@code images.uri}
   */
  static String base(String dataset, String uri) {
    String name = fileName(uri);
    return shortened(
        safe(dataset + "-" + name.substring(0, name.length() - extension(name).length())));
  }

  /**
   * The extension of a photo, with its dot: its own, or that of its format where it has none.
   *
   * @param format as in {@code images.format}
   */
  static String extension(String uri, String format) {
    String own = extension(fileName(uri));
    return own.isEmpty() ? "." + (format.equals("jpeg") ? "jpg" : format) : own;
  }

  /** The name as a key of WebDataset, which ends at the first dot and is read as lower case. */
  static String key(String base) {
    return base.replace('.', '_');
  }

  private static String fileName(String uri) {
    String path = SourceImage.name(uri);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String extension(String name) {
    return SourceImage.isPictureName(name)
            && name.length() - name.lastIndexOf('.') <= LONGEST_EXTENSION
        ? name.substring(name.lastIndexOf('.'))
        : "";
  }

  private static String safe(String name) {
    String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
    String safe = composed.replaceAll("[^\\p{L}\\p{M}\\p{Nd}._-]", "_").replaceAll("^[._-]+", "");
    return safe.isEmpty() ? "photo" : safe;
  }

  private static String shortened(String name) {
    String cut = name;
    while (cut.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }
}
