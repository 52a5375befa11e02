package facelake.step.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/** What some folders hold, one thing at a time; a folder that cannot be listed is a warning. */
final class FolderWalk implements Iterator<Found> {
  private final Storage storage;
  private final Layout layout;
  private final List<Inputs.Input> inputs;
  private final Deque<Folder> folders = new ArrayDeque<>();
  private final Deque<Found> ready = new ArrayDeque<>();
  private final Consumer<Folder> onFolder;
  private final Iterator<Folder> given;
  private Iterator<Entry> entries = Collections.emptyIterator();
  private Folder here;
  private String identity;

  private FolderWalk(
      Storage storage,
      Layout layout,
      List<Inputs.Input> inputs,
      Iterator<Folder> given,
      boolean deep) {
    this.storage = storage;
    this.layout = layout;
    this.inputs = inputs;
    this.given = given;
    this.onFolder =
        deep ? folders::push : folder -> ready.add(Found.folder(folder.rank(), folder.uri()));
  }

  /** The folders and all below them. */
  static FolderWalk deep(
      Storage storage, Layout layout, List<Inputs.Input> inputs, Iterator<Folder> folders) {
    return new FolderWalk(storage, layout, inputs, folders, true);
  }

  /** The folders alone; their sub-folders are findings. */
  static FolderWalk shallow(
      Storage storage, Layout layout, List<Inputs.Input> inputs, Iterator<Folder> folders) {
    return new FolderWalk(storage, layout, inputs, folders, false);
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && advance()) {}
    return !ready.isEmpty();
  }

  @Override
  public Found next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private boolean advance() {
    try {
      if (entries.hasNext()) {
        take(entries.next());
        return true;
      }
      if (folders.isEmpty() && given.hasNext()) {
        folders.push(given.next());
      }
      return enter();
    } catch (IOException | UncheckedIOException e) {
      entries = Collections.emptyIterator();
      String why = "Folder " + here.uri() + " could not be listed: " + Storage.inWords(e);
      ready.add(Found.warning(here.rank(), why));
      return true;
    }
  }

  private boolean enter() throws IOException {
    if (folders.isEmpty()) {
      return false;
    }
    here = folders.pop();
    identity = layout.identity(here.path(), inputs.get(here.rank()).base());
    entries = here.entries(storage);
    return true;
  }

  private void take(Entry entry) {
    String name = entry.path().getName();
    switch (entry.form()) {
      case FOLDER -> takeFolder(name, SourceUri.of(entry.path()));
      case FILE -> ready.add(file(name, entry));
      default -> ready.add(Found.skipped(here.rank(), entry.form().label()));
    }
  }

  private void takeFolder(String name, String uri) {
    if (Suffix.hidden(name)) {
      ready.add(Found.skipped(here.rank(), "hidden"));
    } else {
      onFolder.accept(Folder.whole(here.rank(), uri));
    }
  }

  /** Cameras write {@code _DSC1.JPG} too, so an underscore hides only what is no input anyway. */
  private Found file(String name, Entry entry) {
    if (name.startsWith(".")) {
      return Found.skipped(here.rank(), "hidden");
    }
    if (layout.wants(name)) {
      return Found.image(here.rank(), entry.image(inputs.get(here.rank()).source(), identity));
    }
    if (layout == Layout.TAR && Suffix.packed(name)) {
      return Found.refused(here.rank(), Inputs.packed(SourceUri.of(entry.path())).getMessage());
    }
    return Found.skipped(here.rank(), Suffix.hidden(name) ? "hidden" : Suffix.of(name));
  }
}
