package facelake.step;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Files that tasks write on any file system: whole, or not at all. */
final class WholeFile {
  private WholeFile() {}

  /** Writes a file; one that is there already has the same content, so that either may stay. */
  static void write(byte[] bytes, Path path, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    // Without Hadoop's files of checksums beside those that a person asked for.
    FileSystem plain = files instanceof LocalFileSystem local ? local.getRaw() : files;
    Path part = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
    try {
      try (OutputStream out = plain.create(part, true)) {
        out.write(bytes);
      }
      if (!plain.rename(part, path) && !plain.exists(path)) {
        throw new IOException("cannot rename " + part + " to " + path.getName());
      }
    } finally {
      plain.delete(part, false);
    }
  }
}
