package facelake.step.source;

import facelake.step.source.Entry.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of the local disk. Hadoop's own listing drops dangling links without a word, follows
 * links into endless loops, and asks the disk five times a file; this asks once.
 */
final class LocalFolder {
  private LocalFolder() {}

  /** Every name; a link that leads nowhere is a file of 0 bytes, which then cannot be read. */
  static Iterator<Entry> entries(org.apache.hadoop.fs.Path folder) throws IOException {
    try (Stream<Path> names = Files.list(Path.of(folder.toUri().getPath()))) {
      List<Path> paths = names.toList();
      return paths.stream().map(LocalFolder::entry).iterator();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Entry entry(Path path) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      return entry(path, nameable(path) ? Form.FILE : Form.UNNAMEABLE, 0, 0);
    }
    Form form = form(path, attributes);
    long bytes = form == Form.FILE ? attributes.size() : 0;
    return entry(path, form, bytes, attributes.lastModifiedTime().toMillis());
  }

  private static Entry entry(Path path, Form form, long bytes, long modified) {
    return new Entry(
        new org.apache.hadoop.fs.Path("file", null, path.toString()), form, bytes, modified);
  }

  private static Form form(Path path, BasicFileAttributes attributes) {
    if (!nameable(path)) {
      return Form.UNNAMEABLE;
    }
    if (attributes.isRegularFile()) {
      return Form.FILE;
    }
    if (!attributes.isDirectory()) {
      return Form.SPECIAL;
    }
    return loops(path) ? Form.LOOP : Form.FOLDER;
  }

  /** Whether the name survives as text; bytes of another encoding do not. */
  private static boolean nameable(Path path) {
    String text = path.toString();
    if (text.indexOf('\uFFFD') < 0) {
      return true;
    }
    try {
      return Path.of(text).equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * Whether a link leads to a folder that a walk has to come through to reach it. Every endless
   * walk passes such a link, because the disk has finitely many folders.
   */
  private static boolean loops(Path path) {
    if (!Files.isSymbolicLink(path)) {
      return false;
    }
    try {
      Path target = path.toRealPath();
      for (Path above = path.getParent(); above != null; above = above.getParent()) {
        if (above.toRealPath().startsWith(target)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
