package facelake.job;

import facelake.UserError;
import facelake.report.ReviewSite;
import facelake.spark.WholeFile;
import facelake.step.Thumbnails;
import facelake.step.Thumbnails.Look;
import facelake.table.Links;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a site: a new one, or one in which a site stands already. Pictures of each look
 * have a folder of their own, so that a blurred page never shows a plain face, and each run has its
 * own folder of data, so that a page is whole whenever it is opened.
 */
final class SiteFolder {
  /** A folder with this file is a site, and what a site has in it may be removed. */
  static final String MARK = "facelake-review.txt";

  private static final String PICTURES = "pictures-";

  private static final String MARK_TEXT =
      "jobs/facelake review made this folder, and replaces what it made when it runs again.\n";

  private final Path path;
  private final FileSystem files;
  private final Configuration hadoop;

  private SiteFolder(Path path, FileSystem files, Configuration hadoop) {
    this.path = path;
    this.files = files;
    this.hadoop = hadoop;
  }

  /**
   * The folder, marked as a site.
   *
   * @throws UserError when something else is in it, or when it cannot be written
   */
  static SiteFolder open(String folder, Configuration hadoop) {
    try {
      FileSystem files = WholeFile.plain(new Path(folder).getFileSystem(hadoop));
      SiteFolder site = new SiteFolder(files.makeQualified(new Path(folder)), files, hadoop);
      site.mark();
      return site;
    } catch (IOException e) {
      throw new UserError(e, "--out %s cannot be written: %s", folder, e.getMessage());
    }
  }

  private void mark() throws IOException {
    List<String> content = names(path);
    if (!content.isEmpty() && !content.contains(MARK)) {
      throw new UserError(
          "%s holds something else than a review site (%s); name a new folder, or remove what is in"
              + " this one",
          path, content.stream().sorted().limit(3).collect(Collectors.joining(", ")));
    }
    requireNoLink(new Path(path, ReviewSite.DATA));
    for (Look look : Look.values()) {
      requireNoLink(new Path(path, pictures(look)));
      Thumbnails.KINDS.forEach(kind -> requireNoLink(new Path(path, pictures(look) + "/" + kind)));
    }
    if (content.isEmpty()) {
      WholeFile.write(MARK_TEXT.getBytes(StandardCharsets.UTF_8), new Path(path, MARK), hadoop);
    }
  }

  /**
   * Makes sure that what is old in a site can be removed without going elsewhere.
   *
   * @throws UserError when a path is a link
   */
  private static void requireNoLink(Path path) {
    if (Links.isLink(path)) {
      throw new UserError(
          "%s is a link, and what is old in a site gets removed; take the link away, or name a new"
              + " folder",
          path);
    }
  }

  private List<String> names(Path folder) throws IOException {
    try {
      return Arrays.stream(files.listStatus(folder))
          .map(status -> status.getPath().getName())
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** The folder below this one for pictures of a look. */
  static String pictures(Look look) {
    return PICTURES + look.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Removes the data of other runs and the pictures of other looks.
   *
   * @param run whose data stay
   */
  void keepOnly(String run, Look look) {
    try {
      Path data = new Path(path, ReviewSite.DATA);
      for (String name : names(data)) {
        if (!name.equals(run) && files.getFileStatus(new Path(data, name)).isDirectory()) {
          files.delete(new Path(data, name), true);
        }
      }
      for (Look other : Look.values()) {
        if (other != look) {
          files.delete(new Path(path, pictures(other)), true);
        }
      }
    } catch (IOException e) {
      throw new UserError(e, "cannot remove what is old in %s: %s", path, e.getMessage());
    }
  }

  /** The URI of a file, escaped so that a browser takes it. */
  String uriOf(String file) {
    return new Path(path, file).toUri().toString();
  }

  /** The URI of the folder. */
  String uri() {
    return path.toString();
  }
}
