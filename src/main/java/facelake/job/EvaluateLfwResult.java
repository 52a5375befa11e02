package facelake.job;

import facelake.eval.ImageGroups;
import facelake.eval.MeasuredPair;
import facelake.eval.VerificationScores;
import facelake.pipeline.PipelineOptions;
import java.util.List;

/**
 * How well embedders tell one person from two.
 *
 * @param embedders in the order that was asked for
 * @param pairs that were to be compared
 * @param missing names of images that pairs name and that are not there, sorted
 * @param seconds that it took
 */
public record EvaluateLfwResult(
    List<Embedded> embedders, int pairs, List<String> missing, double seconds) {

  /**
   * What one embedder says.
   *
   * @param label as in {@code faces.embedder}
   * @param pipeline how faces were found and embedded
   * @param margin what it was trained for, with the threshold
   * @param scores of the pairs whose images could be read
   * @param pairs these pairs
   * @param groups their scores by groups; empty where nothing is known
   * @param images that were embedded
   * @param centred those of them in which the detector found no face in the middle
   * @param failed why images could not be read: {@code uri: reason}
   */
  public record Embedded(
      String label,
      PipelineOptions pipeline,
      float margin,
      VerificationScores scores,
      List<MeasuredPair> pairs,
      List<ImageGroups.Score> groups,
      long images,
      long centred,
      List<String> failed) {
    /** The name of the embedder. */
    public String name() {
      return pipeline.embedder().toString();
    }
  }
}
