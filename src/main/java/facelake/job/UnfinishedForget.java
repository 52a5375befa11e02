package facelake.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import facelake.UserError;
import facelake.spark.WholeFile;
import facelake.step.forget.Traces;
import facelake.table.Lake;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a run of {@link ForgetJob} is about to forget, in a file of the lake until it is proven that
 * nothing is left: a killed run leaves it, and the next one goes on with it, since the tables may
 * not say any more what is still to go. Each run writes a file of its own before it removes those
 * of others.
 */
final class UnfinishedForget {
  /** The folder in the lake. */
  static final String FOLDER = "_forget";

  private static final String SUFFIX = ".json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Configuration hadoop;

  UnfinishedForget(Lake lake, Configuration hadoop) {
    this.folder = new Path(lake.path(FOLDER));
    this.hadoop = hadoop;
  }

  /**
   * What a file says.
   *
   * @param asked whom runs were asked to forget, see {@link ForgetOptions#asked}
   */
  record Begun(SortedSet<String> asked, Traces traces) {
    Begun and(Begun other) {
      SortedSet<String> all = new TreeSet<>(asked);
      all.addAll(other.asked);
      return new Begun(all, traces.and(other.traces));
    }
  }

  /** What killed runs have left, all together. */
  Optional<Begun> read() {
    try {
      Optional<Begun> all = Optional.empty();
      for (Path file : files()) {
        try (InputStream in = plain().open(file)) {
          Begun one = JSON.readValue(in, Begun.class);
          all = Optional.of(all.map(one::and).orElse(one));
        }
      }
      return all;
    } catch (IOException e) {
      throw new UserError(e, "cannot read %s: %s", folder, e.getMessage());
    }
  }

  /**
   * Takes the place of all that is there.
   *
   * @param begun what {@link #read} gave, and more
   */
  void write(Begun begun) {
    try {
      List<Path> before = files();
      WholeFile.write(
          JSON.writeValueAsBytes(begun), new Path(folder, UUID.randomUUID() + SUFFIX), hadoop);
      for (Path file : before) {
        plain().delete(file, false);
      }
    } catch (IOException e) {
      throw new UserError(e, "cannot write %s: %s", folder, e.getMessage());
    }
  }

  void remove() {
    try {
      plain().delete(folder, true);
    } catch (IOException e) {
      throw new UserError(e, "cannot remove %s: %s; remove it by hand", folder, e.getMessage());
    }
  }

  private List<Path> files() throws IOException {
    try {
      return Arrays.stream(plain().listStatus(folder))
          .map(FileStatus::getPath)
          .filter(path -> path.getName().endsWith(SUFFIX))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private FileSystem plain() throws IOException {
    return WholeFile.plain(folder.getFileSystem(hadoop));
  }
}
