package facelake.step.journal;

import facelake.spark.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** The files of a journal, for the driver and for tasks. */
record JournalFolder(String path, Broadcast<SerializableConfiguration> hadoop)
    implements Serializable {

  FileSystem files() throws IOException {
    return WholeFile.plain(new Path(path).getFileSystem(hadoop.value().value()));
  }

  boolean has(String name) {
    try {
      return files().exists(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all files; none where there is no folder. */
  Set<String> names() {
    try {
      return Arrays.stream(files().listStatus(new Path(path)))
          .map(status -> status.getPath().getName())
          .collect(Collectors.toSet());
    } catch (FileNotFoundException e) {
      return Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String name) {
    try (InputStream in = files().open(file(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String name, String text) {
    try (OutputStream out = files().create(file(name), true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      delete(name); // half a file would say that a process has died
      throw new UncheckedIOException(e);
    }
  }

  void delete(String name) {
    deletion(name).run();
  }

  /** Deletes a file later, also when Spark has ended. */
  Runnable deletion(String name) {
    try {
      FileSystem files = files();
      return () -> {
        try {
          files.delete(file(name), false);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return new Path(path, name);
  }
}
