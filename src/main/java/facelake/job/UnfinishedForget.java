package facelake.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import facelake.UserError;
import facelake.step.WholeFile;
import facelake.step.forget.Traces;
import facelake.table.Lake;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a run of {@link ForgetJob} is about to forget, in a file of the lake while it is at work: a
 * killed run leaves it, and the next one goes on with it, since the tables may not say any more
 * what is still to go.
 */
final class UnfinishedForget {
  /** The folder in the lake. */
  static final String FOLDER = "_forget";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Configuration hadoop;

  UnfinishedForget(Lake lake, Configuration hadoop) {
    this.file = new Path(lake.path(FOLDER), "traces.json");
    this.hadoop = hadoop;
  }

  /** What a killed run has left. */
  Optional<Traces> read() {
    try (InputStream in = files().open(file)) {
      return Optional.of(JSON.readValue(in, Traces.class));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UserError(e, "cannot read %s: %s", file, e.getMessage());
    }
  }

  void write(Traces traces) {
    try {
      Path whole = file.suffix("." + UUID.randomUUID());
      WholeFile.write(JSON.writeValueAsBytes(traces), whole, hadoop);
      files().delete(file, false);
      files().rename(whole, file);
    } catch (IOException e) {
      throw new UserError(e, "cannot write %s: %s", file, e.getMessage());
    }
  }

  void remove() {
    try {
      files().delete(file.getParent(), true);
    } catch (IOException e) {
      throw new UserError(e, "cannot remove %s: %s; remove it by hand", file, e.getMessage());
    }
  }

  private FileSystem files() throws IOException {
    return WholeFile.plain(file.getFileSystem(hadoop));
  }
}
