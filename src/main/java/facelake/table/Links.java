package facelake.table;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Symbolic links on a local disk. What is behind one in a folder of facelake's was not put there by
 * facelake, which therefore leaves it alone.
 */
public final class Links {
  private static final String LOCAL = "file";

  private Links() {}

  /** Whether a path is a link; on storage other than a local disk none is. */
  public static boolean isLink(Path path) {
    return isLocal(path) && Files.isSymbolicLink(java.nio.file.Path.of(path.toUri().getPath()));
  }

  private static boolean isLocal(Path path) {
    String scheme = path.toUri().getScheme();
    return scheme == null || scheme.equals(LOCAL);
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
    if (!isLocal(files.makeQualified(folder))) {
      // One question for a thousand files, and not one for each folder.
      for (RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true); all.hasNext(); ) {
        found.add(all.next().getPath());
      }
      return found;
    }
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
