package facelake.job;

import facelake.UserError;
import facelake.eval.Proportion;
import facelake.step.cells.NearPairs;
import java.util.Locale;
import java.util.Optional;

/** The option {@code --exact-up-to}, and what a user is told of a search that was beyond it. */
final class SearchLimit {
  private SearchLimit() {}

  /**
   * Checks a limit.
   *
   * @throws UserError when it is negative
   */
  static void require(long exactUpTo) {
    if (exactUpTo < 0) {
      throw new UserError(
          "--exact-up-to %d is no number of embeddings; give 0 or more, such as 2000000",
          exactUpTo);
    }
  }

  /** What was searched and found, in words; empty when all pairs were compared. */
  static Optional<String> note(Optional<NearPairs.Recall> measured) {
    return measured.map(
        recall ->
            String.format(
                Locale.ROOT,
                "not all pairs were compared, only those in the %d cells nearest to each%s;"
                    + " --exact-up-to N compares all pairs of up to N",
                recall.probes(),
                found(recall)));
  }

  private static String found(NearPairs.Recall recall) {
    if (recall.pairs() == 0) {
      return ", and a sample has no near pair that would show how many that finds";
    }
    Proportion share = new Proportion(recall.found(), recall.pairs());
    return String.format(
        Locale.ROOT,
        ", which found %,d of a sample's %,d near pairs (%.3f; 95 %% interval %.3f to %.3f, as if"
            + " pairs were independent)",
        recall.found(),
        recall.pairs(),
        share.value(),
        share.lower(),
        share.upper());
  }
}
