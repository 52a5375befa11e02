package facelake.job;

import facelake.UserError;
import facelake.table.Lake;
import java.util.List;
import java.util.Optional;

/**
 * What {@link CalibrateJob} is to do.
 *
 * @param source whose pairs are measured
 * @param falseMatchRate the share of the pairs of two people that may match, over 0, at most {@link
 *     #MOST}
 * @param groups a file that says what is known of the people, see {@link facelake.eval.ImageGroups}
 * @param out the file to write; empty to write none
 */
public record CalibrateOptions(
    Source source, double falseMatchRate, Optional<String> groups, Optional<String> out) {
  /** A threshold for more false matches than this is of no use. */
  public static final double MOST = 0.1;

  /** Checks the rate. */
  public CalibrateOptions {
    requireRate(falseMatchRate);
  }

  /** Makes sure that a rate can be asked for. */
  static void requireRate(double falseMatchRate) {
    if (!(falseMatchRate > 0 && falseMatchRate <= MOST)) {
      throw new UserError(
          "a false match rate of %s cannot be asked for; give --fmr a share over 0 and at most %s,"
              + " such as 1e-4, or --faces more of them",
          falseMatchRate, MOST);
    }
  }

  /** Whose pairs are measured. */
  public sealed interface Source {
    /**
     * Faces of a lake whose identity is known.
     *
     * @param datasets empty for all
     * @param sampleFaces faces that are drawn at most, whole identities at a time
     * @param seed of the draw
     */
    record OfLake(Lake lake, List<String> datasets, int sampleFaces, long seed) implements Source {}

    /**
     * Files of pairs with their distances, see {@link facelake.eval.DistancePairs}.
     *
     * @param files at least one
     */
    record OfFiles(List<String> files) implements Source {}
  }
}
