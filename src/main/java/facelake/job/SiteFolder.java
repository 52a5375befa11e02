package facelake.job;

import facelake.UserError;
import facelake.report.ReviewSite;
import facelake.step.Thumbnails.Look;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of a site: a new one, or one in which a site stands already. */
final class SiteFolder {
  /** Says how the pictures that stand beside it look. */
  private static final String LOOK = "look-";

  private static final Set<String> PICTURES = Set.of("faces", "photos");

  private final Path path;
  private final FileSystem files;

  private SiteFolder(Path path, FileSystem files) {
    this.path = path;
    this.files = files;
  }

  /**
   * The folder, without pictures of another look.
   *
   * @throws UserError when something else is in it, or when it cannot be written
   */
  static SiteFolder open(String folder, Look look, Configuration hadoop) {
    try {
      FileSystem files = new Path(folder).getFileSystem(hadoop);
      FileSystem plain = files instanceof LocalFileSystem local ? local.getRaw() : files;
      SiteFolder site = new SiteFolder(plain.makeQualified(new Path(folder)), plain);
      site.requireOurs(folder);
      site.prepare(LOOK + look.name().toLowerCase(Locale.ROOT));
      return site;
    } catch (IOException e) {
      throw new UserError(e, "--out %s cannot be written: %s", folder, e.getMessage());
    }
  }

  private void requireOurs(String folder) throws IOException {
    boolean ours =
        Arrays.stream(content())
            .map(status -> status.getPath().getName())
            .anyMatch(name -> name.startsWith(LOOK));
    if (!ours && content().length > 0) {
      throw new UserError("%s holds something else than a review site; name a new folder", folder);
    }
  }

  private FileStatus[] content() throws IOException {
    try {
      return files.listStatus(path);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  /** The mark is made before the first picture, and goes after the last one. */
  private void prepare(String mark) throws IOException {
    for (FileStatus status : content()) {
      String name = status.getPath().getName();
      if (name.startsWith(LOOK) && !name.equals(mark)) {
        for (String pictures : PICTURES) {
          files.delete(new Path(path, pictures), true);
        }
        files.delete(status.getPath(), false);
      }
    }
    files.create(new Path(path, mark), true).close();
  }

  /** Takes the data of an earlier run away, so that none of it is left. */
  void removeData() {
    try {
      files.delete(new Path(path, ReviewSite.DATA), true);
    } catch (IOException e) {
      throw new UserError(e, "cannot remove the old data of %s: %s", path, e.getMessage());
    }
  }

  /** The URI of a file. */
  String uriOf(String file) {
    return new Path(path, file).toString();
  }
}
