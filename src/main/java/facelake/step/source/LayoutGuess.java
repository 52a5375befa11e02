package facelake.step.source;

import facelake.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** The layout that inputs plainly have, seen from names; never reads a file. */
final class LayoutGuess {
  private final Storage storage;

  private LayoutGuess(Storage storage) {
    this.storage = storage;
  }

  /**
   * The one layout of all inputs.
   *
   * @throws UserError where they need different ones
   */
  static Layout of(Inputs inputs) {
    List<Layout> guesses = new LayoutGuess(inputs.storage()).each(inputs);
    for (int rank = 1; rank < guesses.size(); rank++) {
      if (guesses.get(rank) != guesses.get(0)) {
        throw new UserError(
            "Inputs of different layouts: %s looks like %s, %s like %s;"
                + " index them one after the other, or give --layout",
            inputs.all().get(0).source(),
            guesses.get(0).label(),
            inputs.all().get(rank).source(),
            guesses.get(rank).label());
      }
    }
    return guesses.get(0);
  }

  private List<Layout> each(Inputs inputs) {
    List<Set<Layout>> seen = new ArrayList<>();
    inputs.all().forEach(input -> seen.add(EnumSet.noneOf(Layout.class)));
    inputs.files().forEach(file -> seen.get(file.rank()).add(ofFile(file.entry().path())));
    for (Folder folder : inputs.folders()) {
      try {
        look(folder, seen.get(folder.rank()));
      } catch (IOException | UncheckedIOException e) {
        throw new UserError(e, "Folder %s cannot be listed: %s", folder.uri(), Storage.inWords(e));
      }
    }
    return seen.stream()
        .map(layouts -> layouts.size() == 1 ? layouts.iterator().next() : Layout.FLAT)
        .toList();
  }

  /** Adds what the folder looks like; stops at the first thing that settles it. */
  private void look(Folder folder, Set<Layout> seen) throws IOException {
    if (folder.pattern() == null && delta(folder.path())) {
      seen.add(Layout.TABLE);
      return;
    }
    Iterator<Entry> entries = folder.entries(storage);
    while (!seen.contains(Layout.FLAT) && entries.hasNext()) {
      Entry entry = entries.next();
      if (!Suffix.hidden(entry.path().getName())) {
        seen.add(
            entry.form() == Entry.Form.FOLDER ? ofFolder(entry, folder) : ofFile(entry.path()));
      }
    }
  }

  /** A sub-folder is a table of its own below a glob, or a partition such as {@code year=2020}. */
  private Layout ofFolder(Entry entry, Folder parent) throws IOException {
    boolean table =
        parent.pattern() == null ? entry.path().getName().contains("=") : delta(entry.path());
    return table ? Layout.TABLE : Layout.FLAT;
  }

  private static Layout ofFile(Path file) {
    String name = file.getName();
    if (Suffix.tar(name) || Suffix.packed(name)) {
      return Layout.TAR;
    }
    return Suffix.parquet(name) ? Layout.TABLE : Layout.FLAT;
  }

  private boolean delta(Path folder) throws IOException {
    return storage.fileSystem(folder).exists(new Path(folder, "_delta_log"));
  }
}
