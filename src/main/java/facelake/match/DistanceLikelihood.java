package facelake.match;

import java.io.Serializable;

/**
 * How much likelier a distance is between two faces of one person than between faces of two: {@code
 * exp(intercept - slope * distance)}.
 *
 * @param intercept natural logarithm of the ratio at distance 0
 * @param slope what it loses with each unit of distance, over 0
 */
public record DistanceLikelihood(double intercept, double slope) implements Serializable {
  /**
   * Of resnet-v1: logistic regression on the distances of the 6,000 pairs of LFW's protocol, as
   * many of one person as of two, by dlib's own embeddings. The ratio is 1 at a distance of 0.626,
   * and 3.4 at 0.6. {@code DistanceLikelihoodTest} fits it again.
   */
  public static final DistanceLikelihood RESNET_V1 = new DistanceLikelihood(29.8979, 47.7855);

  /** The ratio at a distance, over 0; falls as the distance grows. */
  public double ratio(double distance) {
    return Math.exp(intercept - slope * distance);
  }
}
