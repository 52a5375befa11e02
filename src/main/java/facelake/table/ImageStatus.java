package facelake.table;

import java.util.Arrays;

/** What became of an image; the label stands in the column {@link ImagesTable#STATUS}. */
public enum ImageStatus {
  /** It has at least one face. */
  OK("ok"),
  /** It was read well and has no face. */
  NO_FACE("no-face"),
  /** It could not be used; the columns for the failure say why. */
  FAILED("failed"),
  /** It stood in the source once and does no more. */
  REMOVED("removed");

  private final String label;

  ImageStatus(String label) {
    this.label = label;
  }

  /** The word that the table holds, such as {@code no-face}. */
  public String label() {
    return label;
  }

  /**
   * The value of a label; null of null.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static ImageStatus of(String label) {
    if (label == null) {
      return null;
    }
    return Arrays.stream(values())
        .filter(value -> value.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no status " + label));
  }
}
