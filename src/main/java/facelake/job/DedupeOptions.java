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
 * @param threshold pairs of identities without faces nearer than this are for review, whatever
 *     their score; empty for no such limit
 * @param seed of all that is drawn
 * @param exactUpTo of more parts of identities, not all pairs are compared; 0 or more
 * @param afresh whether all identities are measured and compared anew, whatever earlier runs kept
 */
public record DedupeOptions(
    Lake lake,
    List<String> datasets,
    boolean within,
    List<String> uniqueIdentities,
    Optional<String> decisions,
    double expectedFalseMerges,
    Optional<DistanceThreshold> threshold,
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
              + " run, 0.1 one in ten runs, 1e-6 next to none",
          expectedFalseMerges);
    }
    if (!within && !uniqueIdentities.isEmpty()) {
      throw new UserError(
          "--unique-identities goes with --within: without it, no two labels of any dataset are one"
              + " person; leave it out, or add --within");
    }
    SearchLimit.require(exactUpTo);
  }

  /** The usual options for the whole lake. */
  public static DedupeOptions of(Lake lake) {
    return builder(lake).build();
  }

  /** Options to be changed, the usual ones for the whole lake at first. */
  public static Builder builder(Lake lake) {
    return new Builder(lake);
  }

  /** Options in the making; each method sets the one of its name. */
  public static final class Builder {
    private final Lake lake;
    private List<String> datasets = List.of();
    private boolean within;
    private List<String> uniqueIdentities = List.of();
    private Optional<String> decisions = Optional.empty();
    private double expectedFalseMerges = EXPECTED_FALSE_MERGES;
    private Optional<DistanceThreshold> threshold = Optional.empty();
    private long seed;
    private long exactUpTo = CellPlan.EXACT_UP_TO;
    private boolean afresh;

    private Builder(Lake lake) {
      this.lake = lake;
    }

    public Builder datasets(List<String> value) {
      datasets = value;
      return this;
    }

    public Builder within(boolean value) {
      within = value;
      return this;
    }

    public Builder uniqueIdentities(List<String> value) {
      uniqueIdentities = value;
      return this;
    }

    /** A file, or null for none. */
    public Builder decisions(String value) {
      decisions = Optional.ofNullable(value);
      return this;
    }

    public Builder expectedFalseMerges(double value) {
      expectedFalseMerges = value;
      return this;
    }

    /** See {@link DistanceThreshold#parse}; null for none. */
    public Builder threshold(String value) {
      threshold = Optional.ofNullable(value).map(DistanceThreshold::parse);
      return this;
    }

    public Builder seed(long value) {
      seed = value;
      return this;
    }

    public Builder exactUpTo(long value) {
      exactUpTo = value;
      return this;
    }

    public Builder afresh(boolean value) {
      afresh = value;
      return this;
    }

    /** The options as they are now. */
    public DedupeOptions build() {
      return new DedupeOptions(
          lake,
          datasets,
          within,
          uniqueIdentities,
          decisions,
          expectedFalseMerges,
          threshold,
          seed,
          exactUpTo,
          afresh);
    }
  }
}
