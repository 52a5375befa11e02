package facelake.spark;

import org.apache.hadoop.fs.Path;

/** Names files for Spark's readers, which take every path for a glob. */
public final class LiteralPath {
  private LiteralPath() {}

  /** The path with a backslash before what Spark would take for a part of a glob. */
  public static String of(Path path) {
    return path.toString().replaceAll("[*?\\[\\]{}\\\\]", "\\\\$0");
  }
}
