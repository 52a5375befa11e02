package facelake.table;

/** What a copy of a photo is; the label stands in the column {@link DuplicatesTable#KIND}. */
public enum CopyKind {
  /** The copy to keep. */
  KEPT("kept"),
  /** Its bytes are those of the kept one. */
  EXACT("exact"),
  /** It shows what the kept one shows: resized, compressed again or slightly retouched. */
  NEAR("near");

  private final String label;

  CopyKind(String label) {
    this.label = label;
  }

  /** The word that the table holds, such as {@code near}. */
  public String label() {
    return label;
  }
}
