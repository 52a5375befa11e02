package facelake.job;

import facelake.table.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder in a lake for what a job needs only while it runs; closing removes it with its content.
 *
 * <p>What killed runs have left is removed by the next run that opens one. A run that still works
 * cannot be told from a killed one but by its writing, so a folder counts as left only when nothing
 * in it was written for {@link #LEFT_AFTER}; no step takes nearly as long without writing, and a
 * job that writes elsewhere says that it works by {@link #touch}.
 */
final class ScratchFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScratchFolder.class);

  static final Duration LEFT_AFTER = Duration.ofDays(1);

  private static final String WORKING = "_working";

  private static final Pattern NAME =
      Pattern.compile("_(cluster|dedupe|evaluate|export|forget|tag)_[0-9a-f-]{36}");

  private final Path path;
  private final FileSystem files;

  private ScratchFolder(Path path, FileSystem files) {
    this.path = path;
    this.files = files;
  }

  /**
   * The folder of a run, made by the first who writes into it.
   *
   * @param command {@code cluster}, {@code dedupe}, {@code evaluate}, {@code export}, {@code
   *     forget} or {@code tag}
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

  /** What cannot be removed stays: this run does not need it gone. */
  private static void removeLeft(FileSystem files, Path lake) {
    long limit = Instant.now().minus(LEFT_AFTER).toEpochMilli();
    for (Path folder : scratchIn(files, lake)) {
      try {
        if (lastWritten(files, folder) < limit) {
          files.delete(folder, true);
        }
      } catch (IOException e) {
        LOG.debug("Left {} where it is", folder, e);
      }
    }
  }

  private static List<Path> scratchIn(FileSystem files, Path lake) {
    try {
      return Arrays.stream(files.listStatus(lake, path -> isScratch(path.getName())))
          .map(FileStatus::getPath)
          .toList();
    } catch (IOException e) {
      // There is no lake yet, or it cannot be read, which the job says in its own words.
      return List.of();
    }
  }

  /**
   * Removes the folders of all runs; to be called where no run can be at work on the lake.
   *
   * @throws IOException when one cannot be removed
   */
  static void removeAll(Lake lake, Configuration hadoop) throws IOException {
    Path root = new Path(lake.root());
    FileSystem files = root.getFileSystem(hadoop);
    for (Path folder : scratchIn(files, root)) {
      files.delete(folder, true);
    }
  }

  private static boolean isScratch(String name) {
    return NAME.matcher(name).matches();
  }

  /** Of an empty folder its own time: object stores say "now" of any folder. */
  private static long lastWritten(FileSystem files, Path folder) throws IOException {
    long last = Long.MIN_VALUE;
    RemoteIterator<LocatedFileStatus> content = files.listFiles(folder, true);
    while (content.hasNext()) {
      last = Math.max(last, content.next().getModificationTime());
    }
    return last == Long.MIN_VALUE ? files.getFileStatus(folder).getModificationTime() : last;
  }

  String uri() {
    return path.toString();
  }

  /** Writes something, so that a job that writes elsewhere for long does not look killed. */
  void touch() {
    try {
      files.create(new Path(path, WORKING), true).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Moves a folder of the same file system here, if it is there. */
  void take(Path other) throws IOException {
    files.mkdirs(path);
    if (files.exists(other) && !files.rename(other, new Path(path, other.getName()))) {
      throw new IOException("cannot rename " + other + " to " + path);
    }
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
