package facelake.match;

import java.util.Arrays;

/** What is doubtful about an identity that a dataset names; the label stands in tables. */
public enum LabelIssue {
  /** A face is far from the identity's other faces. */
  OUTLIER("outlier"),
  /** The identity's faces fall into parts that look like several people. */
  SPLIT("split"),
  /** A face surely looks like another gender than the rest of the identity. */
  GENDER("gender"),
  /** The identity has too few faces for a sound comparison. */
  TINY("tiny");

  private final String label;

  LabelIssue(String label) {
    this.label = label;
  }

  /** The word, such as {@code outlier}. */
  public String label() {
    return label;
  }

  /**
   * The value of a label; null of null.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static LabelIssue of(String label) {
    if (label == null) {
      return null;
    }
    return Arrays.stream(values())
        .filter(value -> value.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no label issue " + label));
  }
}
