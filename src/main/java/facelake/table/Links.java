package facelake.table;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Symbolic links on a local disk. What is behind one in a folder of facelake's was not put there by
 * facelake, which therefore leaves it alone.
 */
public final class Links {
  private static final String LOCAL = "file";

  private Links() {}

  /** Whether a path is a link; on storage other than a local disk none is. */
  public static boolean isLink(Path path) {
    URI uri = path.toUri();
    return (uri.getScheme() == null || uri.getScheme().equals(LOCAL))
        && Files.isSymbolicLink(java.nio.file.Path.of(uri.getPath()));
  }

  /**
   * The files below a folder at any depth, not those behind links.
   *
   * @param links is told each link
   * @throws java.io.FileNotFoundException when there is no such folder
   */
  public static List<Path> filesBelow(Path folder, FileSystem files, Consumer<Path> links)
      throws IOException {
    List<Path> found = new ArrayList<>();
    for (FileStatus status : files.listStatus(folder)) {
      Path path = status.getPath();
      if (isLink(path)) {
        links.accept(path);
      } else if (status.isDirectory()) {
        found.addAll(filesBelow(path, files, links));
      } else {
        found.add(path);
      }
    }
    return found;
  }
}
