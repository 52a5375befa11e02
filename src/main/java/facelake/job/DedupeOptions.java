package facelake.job;

import facelake.UserError;
import facelake.step.cells.CellPlan;
import facelake.table.Lake;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What {@link DedupeJob} is asked.
 *
 * @param lake the lake with images and faces; results are written to it too
 * @param datasets the datasets that are compared; empty for all
 * @param within whether identities of one dataset may be one person
 * @param uniqueIdentities datasets of which no two identities are one person, whatever the evidence
 * @param decisions a file with people's decisions
 * @param expectedFalseMerges pairs count as one person down to the score at which so many pairs of
 *     different people are expected among all that are compared; positive
 * @param seed of all that is drawn
 * @param exactUpTo of more parts of identities, not all pairs are compared; 0 or more
 * @param afresh whether all identities are measured anew, whatever earlier runs kept
 */
public record DedupeOptions(
    Lake lake,
    List<String> datasets,
    boolean within,
    List<String> uniqueIdentities,
    Optional<String> decisions,
    double expectedFalseMerges,
    long seed,
    long exactUpTo,
    boolean afresh) {
  /** False merges that are expected unless something else is said. */
  public static final double EXPECTED_FALSE_MERGES = 1;

  /** Takes copies, each name once and sorted, and checks the numbers. */
  public DedupeOptions {
    datasets = List.copyOf(new TreeSet<>(datasets));
    uniqueIdentities = List.copyOf(new TreeSet<>(uniqueIdentities));
    if (!(expectedFalseMerges > 0) || Double.isInfinite(expectedFalseMerges)) {
      throw new UserError(
          "--expected-false-merges %s is no number over 0; 1 accepts one false merge in the whole"
              + " run, 0.1 one in ten runs",
          expectedFalseMerges);
    }
    SearchLimit.require(exactUpTo);
  }

  /** The usual options for the whole lake. */
  public static DedupeOptions of(Lake lake) {
    return new DedupeOptions(
        lake,
        List.of(),
        false,
        List.of(),
        Optional.empty(),
        EXPECTED_FALSE_MERGES,
        0,
        CellPlan.EXACT_UP_TO,
        false);
  }

  /** The same with a file of decisions. */
  public DedupeOptions withDecisions(String file) {
    return new DedupeOptions(
        lake,
        datasets,
        within,
        uniqueIdentities,
        Optional.of(file),
        expectedFalseMerges,
        seed,
        exactUpTo,
        afresh);
  }
}
