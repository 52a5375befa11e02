package facelake.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/**
 * A file under a name of its own that becomes visible whole or not at all: write it, then move it
 * to its place. Closing removes what was not moved.
 */
final class TemporaryFile implements AutoCloseable {
  private static final String PREFIX = ".fetch-";
  private static final String SUFFIX = ".part";

  /** A live run writes at least every few seconds; an older file belongs to a dead one. */
  private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

  private final Path path;

  private TemporaryFile(Path path) {
    this.path = path;
  }

  /** An empty temporary file in the folder of its later place. */
  static TemporaryFile in(Path folder) throws IOException {
    return new TemporaryFile(Files.createTempFile(folder, PREFIX, SUFFIX));
  }

  /** Removes what killed runs left in the folder. */
  static void removeAbandoned(Path folder) throws IOException {
    Instant limit = Instant.now().minus(ABANDONED_AFTER);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        removeIfOlder(file, limit);
      }
    }
  }

  private static void removeIfOlder(Path file, Instant limit) throws IOException {
    try {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // Another process moved or removed it first.
    }
  }

  Path path() {
    return path;
  }

  /** Gives the file its final name, in one step and after its bytes reached the disk. */
  void moveTo(Path place) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(path, place, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
