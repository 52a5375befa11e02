package facelake.spark;

import facelake.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Files that tasks write on any file system: whole, or not at all. */
public final class WholeFile {
  private WholeFile() {}

  /** Writes bytes to a file that was opened. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the caller closes. */
    void write(OutputStream out) throws IOException;
  }

  /** Writes a file; one that is there already has the same content, so that either may stay. */
  public static void write(byte[] bytes, Path path, Configuration hadoop) throws IOException {
    write(out -> out.write(bytes), path, new Path(path.getParent(), "." + path.getName()), hadoop);
  }

  /**
   * Writes a file; one that is there already has the same content, so that either may stay.
   *
   * @param part what the file is called while it is written, less some letters; on the same file
   *     system
   * @return its length
   */
  public static long write(Content content, Path path, Path part, Configuration hadoop)
      throws IOException {
    // Without Hadoop's files of checksums beside those that a person asked for.
    FileSystem plain = plain(path.getFileSystem(hadoop));
    Path own = part.suffix("." + UUID.randomUUID());
    try {
      long length;
      try (FSDataOutputStream out = plain.create(own, true)) {
        content.write(out);
        length = out.getPos();
      }
      plain.mkdirs(path.getParent());
      rename(plain, own, path);
      return length;
    } finally {
      plain.delete(own, false);
    }
  }

  /** Some file systems put a file in the place of another one, some say no, some throw. */
  private static void rename(FileSystem files, Path from, Path to) throws IOException {
    try {
      if (!files.rename(from, to) && !files.exists(to)) {
        throw new IOException("cannot rename " + from + " to " + to);
      }
    } catch (FileAlreadyExistsException e) {
      // The same content is there.
    }
  }

  /**
   * A file below a folder.
   *
   * @param name of slashes and names, made from what a table or a note says
   * @throws UserError when the name leads out of the folder, as none does that facelake wrote
   */
  public static Path below(String folder, String name) {
    Path root = new Path(folder);
    Path file = new Path(folder + "/" + name);
    String inside = root.isRoot() ? "/" : root.toUri().getPath() + "/";
    if (!file.toUri().getPath().startsWith(inside)) {
      throw new UserError(
          "%s is not in the folder %s that was asked for: a table or a note that says so was not"
              + " written by facelake, and nothing is written there",
          file, root);
    }
    return file;
  }

  /** A file system that writes what it is asked to and nothing beside it. */
  public static FileSystem plain(FileSystem files) {
    return files instanceof LocalFileSystem local ? local.getRaw() : files;
  }
}
