package facelake.step.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/**
 * A folder that is to be listed.
 *
 * @param rank the place of its input among the inputs
 * @param pattern the last part of a glob, which names in this folder must match, or null; so a glob
 *     over millions of files is matched by tasks, not on the driver
 */
record Folder(int rank, String uri, String pattern) implements Serializable {

  static Folder whole(int rank, String uri) {
    return new Folder(rank, uri, null);
  }

  Path path() {
    return SourceUri.path(uri);
  }

  Iterator<Entry> entries(Storage storage) throws IOException {
    Iterator<Entry> all = storage.entries(path());
    if (pattern == null) {
      return all;
    }
    GlobFilter filter = new GlobFilter(pattern);
    return Lazy.stream(all).filter(entry -> filter.accept(entry.path())).iterator();
  }
}
