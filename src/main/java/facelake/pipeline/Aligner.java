package facelake.pipeline;

/**
 * Which landmarks align a face; the label is the value of {@code --landmarks} and a model's name.
 */
public enum Aligner {
  /** Corners of the eyes and base of the nose: fast, and what dlib's recognition expects. */
  LANDMARKS_5("landmarks-5"),
  /** The 68 points of iBUG 300-W: slower; its licence excludes commercial use. */
  LANDMARKS_68("landmarks-68");

  private final String label;

  Aligner(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
