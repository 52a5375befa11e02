package facelake.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import facelake.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;

/** Writes a file that a person names, on any file system: whole, or not at all. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Makes sure that a file can stand there, before any work is done; makes the folders above it.
   *
   * @throws UserError when it cannot
   */
  static void require(String file, Configuration hadoop) {
    Path path = new Path(file);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      Path folder = files.makeQualified(path).getParent();
      if (files.exists(path) && files.getFileStatus(path).isDirectory()) {
        throw new UserError("--out %s is a folder; name a file", file);
      }
      if (!files.mkdirs(folder)) {
        throw new UserError("--out %s: the folder %s cannot be made", file, folder);
      }
      files.access(folder, FsAction.WRITE);
    } catch (IOException e) {
      throw new UserError(e, "--out %s cannot be written: %s", file, e.getMessage());
    }
  }

  /**
   * Writes JSON, in the place of what the file held before.
   *
   * @throws UserError when it cannot be written
   */
  static void writeJson(String file, Map<String, Object> values, Configuration hadoop) {
    Path path = new Path(file);
    try {
      byte[] json =
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(values);
      FileSystem files = path.getFileSystem(hadoop);
      Path whole = files.makeQualified(path);
      Path part = new Path(whole.getParent(), "." + whole.getName() + "." + UUID.randomUUID());
      try {
        if (files instanceof LocalFileSystem local) { // without Hadoop's files of checksums
          java.nio.file.Path written = Files.write(local.pathToFile(part).toPath(), json);
          Files.move(
              written, local.pathToFile(whole).toPath(), StandardCopyOption.REPLACE_EXISTING);
        } else {
          try (OutputStream out = files.create(part)) {
            out.write(json);
          }
          FileContext.getFileContext(whole.toUri(), hadoop)
              .rename(part, whole, Options.Rename.OVERWRITE);
        }
      } finally {
        files.delete(part, false);
      }
    } catch (IOException e) {
      throw new UserError(e, "cannot write %s: %s", path, e.getMessage());
    }
  }
}
