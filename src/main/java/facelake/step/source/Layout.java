package facelake.step.source;

import facelake.Nearest;
import facelake.UserError;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** How an input holds its images and their identities; the label is the value of an option. */
public enum Layout {
  /** A folder a person: a file's identity is the name of its folder, null directly in the input. */
  IDENTITY_FOLDERS("identity-folders"),
  /** Files in folders that say nothing of people. */
  FLAT("flat"),
  /**
   * Tar files, also in WebDataset style: the identity is the member's folder, else what a {@code
   * key.json} or {@code key.cls} beside {@code key.jpg} says.
   */
  TAR("tar"),
  /**
   * Parquet or Delta tables with {@code uri} and {@code content}; the identity is a column {@code
   * identity}, if there is one.
   */
  TABLE("table");

  private final String label;

  Layout(String label) {
    this.label = label;
  }

  /** The word that options use, such as {@code identity-folders}. */
  public String label() {
    return label;
  }

  /**
   * The layout of a label.
   *
   * @throws UserError where there is none, naming the nearest
   */
  public static Layout parse(String label) {
    return Arrays.stream(values())
        .filter(layout -> layout.label.equals(label))
        .findFirst()
        .orElseThrow(() -> unknown(label));
  }

  private static UserError unknown(String label) {
    List<String> labels = Arrays.stream(values()).map(Layout::label).toList();
    return new UserError(
        "There is no layout %s (there are %s)%s",
        label, String.join(", ", labels), Nearest.question(label, labels));
  }

  /** Whether a file of this name, met in a folder, is input. */
  boolean wants(String name) {
    return this == TAR ? Suffix.tar(name) : Suffix.picture(name);
  }

  /** The identity of the files in a folder, or null; {@code base} is the folder of the input. */
  String identity(Path folder, String base) {
    return this == IDENTITY_FOLDERS && !SourceUri.of(folder).equals(base) ? folder.getName() : null;
  }

  /** What {@link #wants} looks for, in words that follow "none". */
  String wanted() {
    return this == TAR ? "ending in .tar" : "with an image suffix";
  }
}
