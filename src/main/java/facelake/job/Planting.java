package facelake.job;

import facelake.UserError;
import java.util.OptionalInt;

/**
 * What is planted into two datasets that are made of one. All choices hang on the seed and on what
 * the photos are, so that the same photos give the same datasets on every machine.
 *
 * @param photosPerSide exactly so many photos of a person in a dataset, 1 or more; empty to take
 *     all photos and split those of a person who stands in both in halves
 * @param overlap share of the people with enough photos for both datasets who stand in both, 0 to
 *     1; the others stand in one of the two
 * @param wrongLabels share of the photos of a dataset that get the name of another identity, 0 to
 *     1; everybody keeps one photo of the right name, so that it may be fewer
 * @param mergedIdentities share of the people of a dataset who share their name with another one, 0
 *     to 1
 * @param copies share of the photos that get a recompressed copy, and of those that get a copy of
 *     half size, 0 to 0.5 each
 * @param distractors 0, or 1 to add the people of whom there is one photo, each to one dataset
 * @param seed of all choices
 */
public record Planting(
    OptionalInt photosPerSide,
    double overlap,
    double wrongLabels,
    double mergedIdentities,
    double copies,
    int distractors,
    long seed) {
  public static final double DEFAULT_OVERLAP = 0.5;
  public static final double DEFAULT_WRONG_LABELS = 0.05;
  public static final double DEFAULT_MERGED_IDENTITIES = 0.01;
  public static final double DEFAULT_COPIES = 0.05;

  private static final double MOST_COPIES = 0.5;

  /**
   * Checks the ranges.
   *
   * @throws UserError naming the value that is outside its range
   */
  public Planting {
    if (photosPerSide.isPresent() && photosPerSide.getAsInt() < 1) {
      throw new UserError("photos-per-side is %d; give at least 1", photosPerSide.getAsInt());
    }
    requireShare("overlap", overlap, 1);
    requireShare("wrong-labels", wrongLabels, 1);
    requireShare("merged-identities", mergedIdentities, 1);
    requireShare("copies", copies, MOST_COPIES);
    if (distractors != 0 && distractors != 1) {
      throw new UserError("distractors is %d; give 0 or 1", distractors);
    }
  }

  /** All photos, everything planted at its default share, no distractors, seed 1. */
  public static Planting defaults() {
    return new Planting(
        OptionalInt.empty(),
        DEFAULT_OVERLAP,
        DEFAULT_WRONG_LABELS,
        DEFAULT_MERGED_IDENTITIES,
        DEFAULT_COPIES,
        0,
        1);
  }

  /** This planting without copies, which need the photos and the models. */
  public Planting withoutCopies() {
    return new Planting(
        photosPerSide, overlap, wrongLabels, mergedIdentities, 0, distractors, seed);
  }

  private static void requireShare(String name, double share, double most) {
    if (!(share >= 0 && share <= most)) {
      throw new UserError("%s is %s; give a share from 0 to %s", name, share, most);
    }
  }
}
