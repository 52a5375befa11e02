package facelake.match;

import java.util.Arrays;

/** What a face is to the identity that its photo is labelled with; the label stands in tables. */
public enum FaceRole {
  /** It is one of the identity's faces. */
  MEMBER("member"),
  /** It is labelled so, but does not belong. */
  OUTLIER("outlier"),
  /** It is another face in a photo whose identity is found in that photo. */
  BYSTANDER("bystander");

  private final String label;

  FaceRole(String label) {
    this.label = label;
  }

  /** The word, such as {@code member}. */
  public String label() {
    return label;
  }

  /**
   * The value of a label; null of null.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static FaceRole of(String label) {
    if (label == null) {
      return null;
    }
    return Arrays.stream(values())
        .filter(value -> value.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no role " + label));
  }
}
