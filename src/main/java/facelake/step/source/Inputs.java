package facelake.step.source;

import facelake.UserError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.Path;

/**
 * What the user gave as inputs, found on the driver: folders to list, and files named one by one.
 */
final class Inputs {
  private static final String WILDCARDS = "*?[{";

  /**
   * One input; its rank is its place in {@link #all}.
   *
   * @param source the qualified input
   * @param base the URI of the folder that the input starts from, a glob's part without wildcards;
   *     empty for a file
   */
  record Input(String source, String base) implements Serializable {}

  /** A file that an input names. */
  record Named(int rank, Entry entry) {}

  private final Storage storage;
  private final List<Input> all = new ArrayList<>();
  private final List<Folder> folders = new ArrayList<>();
  private final List<Named> files = new ArrayList<>();

  private Inputs(Storage storage) {
    this.storage = storage;
  }

  static Inputs resolve(Storage storage, List<String> inputs) {
    if (inputs.isEmpty()) {
      throw new UserError("No input; name a folder, a file or a glob with --input");
    }
    Inputs resolved = new Inputs(storage);
    inputs.forEach(resolved::add);
    return resolved;
  }

  Storage storage() {
    return storage;
  }

  /** A serializable list, for tasks. */
  List<Input> all() {
    return all;
  }

  /** The qualified inputs, as {@link SourceImage#source} names them. */
  List<String> sources() {
    return all.stream().map(Input::source).toList();
  }

  List<Folder> folders() {
    return folders;
  }

  List<Named> files() {
    return files;
  }

  /** The inputs in words, for messages. */
  String inWords() {
    return all.stream().map(Input::source).collect(Collectors.joining(", "));
  }

  private void add(String input) {
    if (input.isBlank()) {
      throw new UserError("An input is empty; name a folder, a file or a glob with --input");
    }
    try {
      Path path = new Path(input);
      FileSystem fs = storage.fileSystem(path);
      add(fs, fs.makeQualified(path));
    } catch (IOException | UncheckedIOException e) {
      throw new UserError(e, "Input %s cannot be read: %s", input, Storage.inWords(e));
    } catch (IllegalArgumentException e) {
      throw new UserError(e, "Input %s cannot be used: %s", input, e.getMessage());
    }
  }

  private void add(FileSystem fs, Path path) throws IOException {
    try {
      add(Entry.of(fs.getFileStatus(path)));
    } catch (FileNotFoundException e) {
      if (!wild(path.toUri().getPath())) {
        throw new UserError(
            e,
            "Input %s does not exist; check the path (a relative one starts at %s)",
            path,
            fs.getWorkingDirectory());
      }
      addGlob(fs, path);
    }
  }

  private void add(Entry entry) {
    String uri = SourceUri.of(entry.path());
    boolean folder = entry.form() == Entry.Form.FOLDER;
    all.add(new Input(uri, folder ? uri : ""));
    addMatch(all.size() - 1, entry);
  }

  private void addMatch(int rank, Entry entry) {
    if (entry.form() == Entry.Form.FOLDER) {
      folders.add(Folder.whole(rank, SourceUri.of(entry.path())));
    } else if (Suffix.packed(entry.path().getName())) {
      throw packed(SourceUri.of(entry.path()));
    } else {
      files.add(new Named(rank, entry));
    }
  }

  /** The error for a file that would have to be unpacked to be read. */
  static UserError packed(String uri) {
    return new UserError(
        "%s is a compressed archive, which cannot be read from the middle;"
            + " unpack it, or pack its files again as plain .tar",
        uri);
  }

  private void addGlob(FileSystem fs, Path glob) throws IOException {
    int rank = all.size();
    Path base = base(glob);
    all.add(new Input(SourceUri.ofPattern(glob), SourceUri.of(base)));
    boolean matched = false;
    for (String pattern : GlobExpander.expand(glob.toString())) {
      matched |= addPattern(fs, rank, base, new Path(pattern));
    }
    if (!matched) {
      throw new UserError(
          "Input %s matches nothing; check it, quote it against the shell,"
              + " and put a backslash before * ? [ { that belong to a name",
          SourceUri.ofPattern(glob));
    }
  }

  private boolean addPattern(FileSystem fs, int rank, Path base, Path pattern) throws IOException {
    if (!wild(pattern.getName())) {
      List<FileStatus> matches = matches(fs, base, pattern);
      matches.forEach(match -> addMatch(rank, Entry.of(match)));
      return !matches.isEmpty();
    }
    boolean matched = false;
    for (FileStatus parent : matches(fs, base, pattern.getParent())) {
      if (parent.isDirectory()) {
        Folder folder = new Folder(rank, SourceUri.of(parent.getPath()), pattern.getName());
        folders.add(folder);
        matched = matched || folder.entries(storage).hasNext();
      }
    }
    return matched;
  }

  private static List<FileStatus> matches(FileSystem fs, Path base, Path pattern)
      throws IOException {
    FileStatus[] found = fs.globStatus(pattern);
    List<FileStatus> matches = new ArrayList<>();
    for (FileStatus status : found == null ? new FileStatus[0] : found) {
      if (!hiddenBelow(base, status.getPath())) {
        matches.add(status);
      }
    }
    return matches;
  }

  private static boolean hiddenBelow(Path base, Path path) {
    for (Path at = path; at != null && !at.equals(base); at = at.getParent()) {
      if (Suffix.hidden(at.getName()) && at.depth() > base.depth()) {
        return true;
      }
    }
    return false;
  }

  private static Path base(Path glob) {
    Path base = glob;
    for (Path at = glob; at != null; at = at.getParent()) {
      if (wild(at.getName())) {
        base = at.getParent();
      }
    }
    return base;
  }

  private static boolean wild(String text) {
    return text.chars().anyMatch(letter -> WILDCARDS.indexOf(letter) >= 0);
  }
}
