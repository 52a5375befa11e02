package facelake.job;

import facelake.UserError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads text files that a person names, on any file system. */
final class TextFile {
  private TextFile() {}

  /** Reads what was opened. */
  @FunctionalInterface
  interface Reading<T> {
    /**
     * Reads a file.
     *
     * @param file its name, for messages
     */
    T of(Reader in, String file) throws IOException;
  }

  /**
   * What a file says, in UTF-8.
   *
   * @throws UserError when it is not there or cannot be read
   */
  static <T> T read(String name, Configuration hadoop, Reading<T> reading) {
    try {
      Path path = new Path(name);
      try (Reader in =
          new InputStreamReader(path.getFileSystem(hadoop).open(path), StandardCharsets.UTF_8)) {
        return reading.of(in, name);
      }
    } catch (FileNotFoundException e) {
      throw new UserError(e, "%s: there is no such file", name);
    } catch (IOException e) {
      throw new UserError(e, "%s cannot be read: %s", name, e.getMessage());
    }
  }
}
