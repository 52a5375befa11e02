package facelake.table;

/** What a row of {@link TagsTable} says of its face. */
public enum TagVerdict {
  /** The face has a name. */
  NAMED("named"),
  /** Nobody of the gallery is near enough, or all who are stand elsewhere in the photo. */
  UNKNOWN("unknown"),
  /** The face is one of the gallery, by which others are named. */
  GALLERY("gallery");

  private final String label;

  TagVerdict(String label) {
    this.label = label;
  }

  /** The word in the column {@code tags.verdict}. */
  public String label() {
    return label;
  }
}
