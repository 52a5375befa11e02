package facelake.step.source;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * One name in a folder.
 *
 * @param path qualified
 * @param bytes the length; 0 for what is no file
 * @param modified milliseconds since 1970
 */
record Entry(Path path, Form form, long bytes, long modified) {

  /** What stands behind a name; the last three are skipped for the reason in their label. */
  enum Form {
    FILE("file"),
    FOLDER("folder"),
    LOOP("link to a folder above it"),
    SPECIAL("no regular file"),
    UNNAMEABLE("name not in this locale's encoding (try LC_ALL=C.UTF-8)");

    private final String label;

    Form(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  static Entry of(FileStatus status) {
    return new Entry(
        status.getPath(),
        status.isDirectory() ? Form.FOLDER : Form.FILE,
        status.getLen(),
        status.getModificationTime());
  }

  /** The file as an image of its own. */
  SourceImage image(String source, String identity) {
    String uri = SourceUri.of(path);
    return new SourceImage(uri, source, identity, bytes, bytes + ":" + modified, uri, 0);
  }
}
