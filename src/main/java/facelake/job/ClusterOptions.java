package facelake.job;

import facelake.match.PhotoRule;
import facelake.table.Lake;
import java.util.Optional;

/**
 * What {@link ClusterJob} is asked.
 *
 * @param lake the lake with the faces; people are written to it too
 * @param dataset only faces of this dataset
 * @param image only faces of this photo: its uri, a local path, or the end of the uri where that
 *     names one photo
 * @param threshold embeddings at a smaller Euclidean distance are linked; dlib's and Taguchi's
 *     models are made for 0.6
 * @param rule whether two faces of one photo may be one person
 * @param seed of Chinese whispers
 * @param exactUpTo of more faces, not all pairs are compared; 0 or more
 */
public record ClusterOptions(
    Lake lake,
    Optional<String> dataset,
    Optional<String> image,
    DistanceThreshold threshold,
    PhotoRule rule,
    long seed,
    long exactUpTo) {
  /** Checks the limit. */
  public ClusterOptions {
    SearchLimit.require(exactUpTo);
  }
}
