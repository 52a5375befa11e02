package facelake.table;

import facelake.UserError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder that holds the tables, on any file system that Hadoop knows.
 *
 * @param root the folder as an absolute URI without a slash at its end, such as {@code
 *     file:/data/lake} or {@code s3a://bucket/lake}
 */
public record Lake(String root) {
  /**
   * Which tables, columns and meanings the lakes of this version have; each table says its own in
   * the property {@code facelake.lake_version}. It grows with every change after which an older
   * facelake would read or write wrongly, and docs/upgrading.md says what each one changed.
   */
  public static final int VERSION = 1;

  private static final String LOG_FOLDER = "_delta_log";

  /**
   * The lake in a folder, which need not exist yet.
   *
   * @param folder a URI, or a path on the default file system, relative to the current folder
   * @throws UserError when this is no path, or one that Delta cannot make tables at
   */
  public static Lake at(String folder) {
    try {
      Path path = new Path(folder);
      boolean qualified = path.toUri().getScheme() != null;
      String root = (qualified ? path : absolute(path)).toString();
      if (root.indexOf('`') >= 0) {
        throw new UserError(
            "%s has a backtick, which Delta cannot have in a table's path; name another folder",
            root);
      }
      return new Lake(root);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          e, "'%s' is no folder for a lake: %s; give a path or a URI", folder, e.getMessage());
    }
  }

  private static Path absolute(Path path) {
    try {
      return FileSystem.get(new Configuration()).makeQualified(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of a table, as a URI. */
  public String path(String table) {
    return root + "/" + table;
  }

  /**
   * The names of the Delta tables that stand in the lake, sorted; empty where the lake does not
   * exist.
   *
   * @throws UserError when the folder cannot be listed
   */
  public List<String> tables(Configuration hadoop) {
    try {
      FileSystem files = files(hadoop);
      return Arrays.stream(files.listStatus(new Path(root), path -> isTable(files, path)))
          .map(status -> status.getPath().getName())
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException | UncheckedIOException e) {
      throw new UserError(
          e, "cannot read lake %s: %s; name another folder with --lake", root, e.getMessage());
    }
  }

  /**
   * Takes a table away with all its versions; does nothing where there is none.
   *
   * @throws UserError when it cannot be removed
   */
  public void remove(String table, Configuration hadoop) {
    try {
      files(hadoop).delete(new Path(path(table)), true);
    } catch (IOException e) {
      throw new UserError(
          e, "cannot remove table %s: %s; remove it by hand", path(table), reason(e));
    }
  }

  private static boolean isTable(FileSystem files, Path folder) {
    try {
      return files.exists(new Path(folder, LOG_FOLDER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes sure that tables can be written here, by writing a small file and taking it away again.
   * Leaves no trace, neither when it succeeds nor when it refuses.
   *
   * @throws UserError when they cannot, with the reason
   */
  public void requireWritable(Configuration hadoop) {
    Path lake = new Path(root);
    Deque<Path> made = new ArrayDeque<>();
    try {
      FileSystem files = files(hadoop);
      for (Path p = lake; p != null && !files.exists(p); p = p.getParent()) {
        made.addLast(p);
      }
      try {
        tryToWrite(files, lake);
      } finally {
        removeEmpty(files, made);
      }
    } catch (IOException e) {
      throw new UserError(
          e,
          "cannot write lake %s: %s; choose a folder that you may write to with --lake",
          root,
          reason(e));
    }
  }

  private static void tryToWrite(FileSystem files, Path lake) throws IOException {
    if (!files.mkdirs(lake)) {
      throw new IOException("the folder cannot be made");
    }
    Path probe = new Path(lake, "_write_check_" + UUID.randomUUID());
    try {
      files.create(probe).close();
    } finally {
      files.delete(probe, false);
    }
  }

  /** Removes folders, the deepest first, as long as nobody has put anything into them. */
  private static void removeEmpty(FileSystem files, Deque<Path> folders) throws IOException {
    for (Path folder : folders) {
      if (!files.exists(folder)) {
        continue;
      }
      FileStatus[] content = files.listStatus(folder);
      if (content.length > 0 || !files.delete(folder, false)) {
        return;
      }
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  private FileSystem files(Configuration hadoop) throws IOException {
    return new Path(root).getFileSystem(hadoop);
  }
}
