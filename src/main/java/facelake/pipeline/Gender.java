package facelake.pipeline;

/**
 * What a classifier says of a face's appearance.
 *
 * @param maleProbability 0 to 1
 * @param label the answer, or that there is none
 */
public record Gender(float maleProbability, Label label) {
  /** The words of the column {@code faces.gender}. */
  public enum Label {
    FEMALE("female"),
    MALE("male"),
    /** The probability says neither. */
    UNKNOWN("unknown");

    private final String word;

    Label(String word) {
      this.word = word;
    }

    /** The word, such as {@code female}. */
    @Override
    public String toString() {
      return word;
    }
  }

  /** Always an answer: male from a probability of one half, else female. */
  static Gender answered(float maleProbability) {
    return new Gender(maleProbability, maleProbability >= 0.5f ? Label.MALE : Label.FEMALE);
  }
}
