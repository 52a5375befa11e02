package facelake.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A folder for what a job needs only while it runs; closing removes it with its content. */
final class ScratchFolder implements AutoCloseable {
  private final Path path;
  private final Configuration hadoop;

  /** The folder at this URI, made by the first who writes into it. */
  ScratchFolder(String uri, Configuration hadoop) {
    this.path = new Path(uri);
    this.hadoop = hadoop;
  }

  String uri() {
    return path.toString();
  }

  @Override
  public void close() {
    try {
      path.getFileSystem(hadoop).delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
