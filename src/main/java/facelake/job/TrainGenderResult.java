package facelake.job;

import facelake.eval.GenderScores;
import java.util.List;

/**
 * A trained gender classifier, and how often it is right of people that it has never seen.
 *
 * @param embedder name of the embedder whose embeddings it takes
 * @param data what it was trained on
 * @param regularisation that told unseen people best
 * @param logLoss on unseen people, in nats
 * @param scores on unseen people
 * @param seconds that it took
 */
public record TrainGenderResult(
    String embedder,
    Data data,
    double regularisation,
    double logLoss,
    List<GenderScores> scores,
    double seconds) {

  /**
   * What a classifier was trained on.
   *
   * @param faces with a label
   * @param men whom they show
   * @param women whom they show
   * @param withoutFace names of images that have no face in the lake, sorted
   * @param withSeveral labels of images that have several, so that nobody knows which is meant
   */
  public record Data(long faces, long men, long women, List<String> withoutFace, long withSeveral) {
    /** Both of them. */
    public long people() {
      return men + women;
    }
  }
}
