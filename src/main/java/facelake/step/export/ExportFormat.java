package facelake.step.export;

/** How an export stands on the disk; the label is the value of an option. */
public enum ExportFormat {
  /** A folder a person, with files in it. */
  FOLDERS("folders"),
  /** Tar files, a picture and what is known of it beside each other. */
  WEBDATASET("webdataset"),
  /** A list of the photos alone. */
  CSV("csv");

  private final String label;

  ExportFormat(String label) {
    this.label = label;
  }

  /** The word that options use, such as {@code webdataset}. */
  @Override
  public String toString() {
    return label;
  }
}
