package facelake.step.source;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk under another scheme, whose folders "locked" and files "secret.jpg" stay shut. */
public final class GrumpyFileSystem extends RawLocalFileSystem {
  @Override
  public URI getUri() {
    return URI.create("grumpy:///");
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    refuse(path, "locked");
    return super.listStatus(path);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    refuse(path, "secret.jpg");
    return super.open(path, bufferSize);
  }

  private static void refuse(Path path, String name) throws IOException {
    if (path.getName().equals(name)) {
      throw new IOException("Permission denied");
    }
  }
}
