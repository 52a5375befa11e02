package facelake.eval;

import java.util.List;

/**
 * What a classifier said of a face of which the truth is known.
 *
 * @param male whether the face is a man's; else it is a woman's
 * @param maleProbability 0 to 1
 * @param answer {@code male}, {@code female} or {@code unknown}
 * @param groups one for each kind of group; empty where it is not known
 */
public record GenderAnswer(
    boolean male, double maleProbability, String answer, List<String> groups) {
  static final String MALE = "male";
  static final String FEMALE = "female";

  boolean isAnswered() {
    return answer.equals(MALE) || answer.equals(FEMALE);
  }

  boolean isRight() {
    return answer.equals(male ? MALE : FEMALE);
  }

  /** Whether the nearer answer is the right one, however unsure. */
  boolean isRightAtOneHalf() {
    return maleProbability >= 0.5 == male;
  }
}
