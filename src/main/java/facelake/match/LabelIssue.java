package facelake.match;

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
}
