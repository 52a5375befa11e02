package facelake.match;

import java.io.Serializable;

/**
 * How much two identities look like one person, as one number: higher is surer.
 *
 * <p>Four views of the distance between the means of their embeddings are added. The weights were
 * chosen on splits of LFW with 1, 2, 3 and 5 photos a side, with all photos, and of 500 identities
 * against 5,400 (docs/identities.md); distances are taken as parts of {@link
 * Cohort#typicalNearness}, so that they fit embedders of another scale.
 *
 * <ul>
 *   <li>the distance as it is,
 *   <li>normalised on both sides by how near strangers come to each of the two ({@link
 *       Cohort.Nearness}),
 *   <li>as a part of what the numbers of faces explain: means of few faces lie farther apart,
 *   <li>against the best other candidate of either side: a person stands in a dataset once.
 * </ul>
 */
public final class IdentityScore implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final double DISTANCE_WEIGHT = 13.5;
  private static final double SPREAD_WEIGHT = 5.5;
  private static final double MARGIN_WEIGHT = 0.5;

  /** How many deviations a lead over other candidates counts for at most. */
  private static final double GREATEST_LEAD = 3;

  private final double scale;

  /** Scores of an embedder on this scale, see {@link Cohort#typicalNearness}. */
  public IdentityScore(double scale) {
    this.scale = scale;
  }

  /**
   * The mean of the distance normalised by either side: how many deviations nearer than near
   * strangers the two are, negated.
   */
  public static double normalised(double distance, Cohort.Nearness a, Cohort.Nearness b) {
    return (a.normalised(distance) + b.normalised(distance)) / 2;
  }

  /**
   * The score.
   *
   * @param distance between the means of the embeddings
   * @param normalised see {@link #normalised}
   * @param rival the least normalised distance of either side to another candidate of the same
   *     dataset; positive infinity where there is none
   * @param faces of one side
   * @param otherFaces of the other side
   */
  public double of(double distance, double normalised, double rival, int faces, int otherFaces) {
    double relative = distance / scale;
    double spread = relative / Math.sqrt(1.0 / faces + 1.0 / otherFaces);
    double lead = Math.max(normalised - rival, -GREATEST_LEAD);
    return -(normalised
        + DISTANCE_WEIGHT * relative
        + SPREAD_WEIGHT * spread
        + MARGIN_WEIGHT * lead);
  }
}
