package facelake.job;

import facelake.UserError;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A folder that a job makes, on any file system that Hadoop knows. */
final class NewFolder {
  private NewFolder() {}

  /**
   * Makes sure that there is nothing in a folder yet.
   *
   * @throws UserError when there is, or when it cannot be read
   */
  static void require(String folder, Configuration hadoop) {
    try {
      Path path = new Path(folder);
      FileSystem files = path.getFileSystem(hadoop);
      if (files.exists(path)
          && (!files.getFileStatus(path).isDirectory() || files.listStatus(path).length > 0)) {
        throw new UserError(
            "%s is there already; name a new folder, or remove what is in this one", folder);
      }
    } catch (IOException e) {
      throw new UserError(e, "cannot read %s: %s", folder, e.getMessage());
    }
  }
}
