package facelake.job;

import facelake.table.Lake;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A folder in a lake for what a job needs only while it runs; closing removes it with its content.
 *
 * <p>What killed runs have left is removed by the next run that opens one. A run that still works
 * cannot be told from a killed one but by its writing, so a folder counts as left only when nothing
 * in it was written for {@link #LEFT_AFTER}; no step takes nearly as long without writing.
 */
final class ScratchFolder implements AutoCloseable {
  static final Duration LEFT_AFTER = Duration.ofDays(1);

  private static final Pattern NAME = Pattern.compile("_(cluster|dedupe)_[0-9a-f-]{36}");

  private final Path path;
  private final FileSystem files;

  private ScratchFolder(Path path, FileSystem files) {
    this.path = path;
    this.files = files;
  }

  /**
   * The folder of a run, made by the first who writes into it.
   *
   * @param command {@code cluster} or {@code dedupe}
   */
  static ScratchFolder open(Lake lake, String command, String runId, Configuration hadoop) {
    Path path = new Path(lake.path("_" + command + "_" + runId));
    try {
      FileSystem files = path.getFileSystem(hadoop);
      removeLeft(files, path.getParent());
      return new ScratchFolder(path, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeLeft(FileSystem files, Path lake) throws IOException {
    long limit = Instant.now().minus(LEFT_AFTER).toEpochMilli();
    try {
      for (FileStatus left : files.listStatus(lake, path -> isScratch(path.getName()))) {
        if (lastWritten(files, left) < limit) {
          files.delete(left.getPath(), true);
        }
      }
    } catch (FileNotFoundException e) {
      // There is no lake yet, or a run that ended meanwhile has removed its folder.
    }
  }

  private static boolean isScratch(String name) {
    return NAME.matcher(name).matches();
  }

  private static long lastWritten(FileSystem files, FileStatus folder) throws IOException {
    long last = folder.getModificationTime();
    RemoteIterator<LocatedFileStatus> content = files.listFiles(folder.getPath(), true);
    while (content.hasNext()) {
      last = Math.max(last, content.next().getModificationTime());
    }
    return last;
  }

  String uri() {
    return path.toString();
  }

  @Override
  public void close() {
    try {
      files.delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
