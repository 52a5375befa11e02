package facelake.step.source;

import java.util.Locale;
import java.util.Set;

/** Name suffixes that decide what a file is taken for; case does not matter. */
final class Suffix {
  /** Formats that facelake reads, then known formats that it lists in order to refuse them. */
  private static final Set<String> PICTURES =
      Set.of(
          ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".gif", ".bmp", ".webp", ".tif", ".tiff",
          ".heic", ".heif", ".avif", ".jp2", ".jxl", ".psd", ".cr2", ".nef", ".arw", ".dng");

  private static final Set<String> PACKED =
      Set.of(".tgz", ".zip", ".tbz2", ".txz", ".tzst", ".7z", ".rar");

  private Suffix() {}

  /** The last suffix in lower case, such as {@code .jpg}, or {@code no suffix}. */
  static String of(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 || dot == name.length() - 1
        ? "no suffix"
        : name.substring(dot).toLowerCase(Locale.ROOT);
  }

  static boolean picture(String name) {
    return PICTURES.contains(of(name));
  }

  static boolean tar(String name) {
    return of(name).equals(".tar");
  }

  static boolean parquet(String name) {
    return of(name).equals(".parquet");
  }

  /** A compressed archive, which has no place that one could seek to. */
  static boolean packed(String name) {
    String suffix = of(name);
    int dot = name.lastIndexOf('.');
    return PACKED.contains(suffix)
        || dot > 0
            && tar(name.substring(0, dot))
            && Set.of(".gz", ".bz2", ".xz", ".zst").contains(suffix);
  }

  /** Names that start with a dot or an underscore, by custom not data. */
  static boolean hidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }
}
