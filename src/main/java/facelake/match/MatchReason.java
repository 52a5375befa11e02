package facelake.match;

/** Why a {@link MatchVerdict} is what it is; the label stands in tables. */
public enum MatchReason {
  /** The score of all that was measured. */
  EVIDENCE("evidence"),
  /** Both have a copy of one photo. */
  DUPLICATE_PHOTO("duplicate-photo"),
  /** Somebody decided it. */
  DECISION("decision"),
  /** A photo shows both. */
  SAME_PHOTO("same-photo"),
  /** Both are one person through others, whatever this pair says. */
  GROUP("group"),
  /** Joining them would join two others that have to stay apart. */
  KEPT_APART("kept-apart"),
  /** Both are of one dataset, which holds them for two people. */
  SAME_DATASET("same-dataset"),
  /** The score would do, but no two of their faces are nearer than the threshold of the run. */
  FAR("far"),
  /** Two groups would hang together by this pair alone. */
  BRIDGE("bridge");

  private final String label;

  MatchReason(String label) {
    this.label = label;
  }

  /** The word, such as {@code duplicate-photo}. */
  public String label() {
    return label;
  }
}
