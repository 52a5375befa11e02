package facelake.pipeline;

/**
 * What a classifier says of a face's appearance.
 *
 * @param maleProbability 0 to 1
 */
public record Gender(float maleProbability) {
  /** {@code male} from a probability of one half, else {@code female}. */
  public String label() {
    return maleProbability >= 0.5f ? "male" : "female";
  }
}
