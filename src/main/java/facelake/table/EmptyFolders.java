package facelake.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Folders that have no file in them, at any depth, and no link. */
public final class EmptyFolders {
  private EmptyFolders() {}

  /** Those below a folder, each before the one that it is in. */
  public static List<Path> below(Path folder, FileSystem files) throws IOException {
    List<Path> empty = new ArrayList<>();
    add(folder, files, empty);
    return empty;
  }

  private static boolean add(Path folder, FileSystem files, List<Path> empty) throws IOException {
    boolean isEmpty = true;
    for (FileStatus status : files.listStatus(folder)) {
      if (status.isDirectory()
          && !Links.isLink(status.getPath())
          && add(status.getPath(), files, empty)) {
        empty.add(status.getPath());
      } else {
        isEmpty = false;
      }
    }
    return isEmpty;
  }

  /** Removes those below a folder; the folder itself stays. */
  public static void removeBelow(Path folder, FileSystem files) throws IOException {
    for (Path each : below(folder, files)) {
      files.delete(each, false);
    }
  }
}
