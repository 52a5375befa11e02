package facelake.job;

import facelake.eval.GenderScores;
import java.util.List;

/**
 * How often gender classifiers are right.
 *
 * @param classifiers in the order that was asked for
 * @param images of which the truth is known
 * @param others images in folders that say nothing
 * @param missing names of images that the labels name and that are not there, sorted
 * @param seconds that it took
 */
public record EvaluateGenderResult(
    List<Classified> classifiers, int images, int others, List<String> missing, double seconds) {

  /**
   * What one classifier says.
   *
   * @param name of the classifier
   * @param scores of all faces, then of each group
   * @param withoutFace names of images in which no face was found, sorted
   * @param failed why images could not be read: {@code uri: reason}
   */
  public record Classified(
      String name, List<GenderScores> scores, List<String> withoutFace, List<String> failed) {}
}
