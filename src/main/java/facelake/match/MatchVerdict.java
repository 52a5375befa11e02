package facelake.match;

/** What is held of two identities; the label stands in tables. */
public enum MatchVerdict {
  /** They are one person. */
  SAME("same"),
  /** They may be one person: somebody has to look. */
  REVIEW("review"),
  /** They are two people. */
  DIFFERENT("different");

  private final String label;

  MatchVerdict(String label) {
    this.label = label;
  }

  /** The word, such as {@code same}. */
  public String label() {
    return label;
  }
}
