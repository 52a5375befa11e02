package facelake.job;

import facelake.UserError;
import facelake.table.Lake;
import java.util.List;
import java.util.Optional;

/**
 * What {@link TrainGenderJob} is to do.
 *
 * @param lake with the faces
 * @param datasets whose faces are used; empty for all
 * @param labels a file that says what is known, see {@link facelake.eval.GenderLabels}
 * @param balance a kind of group each of whose groups counts alike; empty to balance genders only
 * @param folds the people are split into so many parts, 2 to 100, to ask of each what is fitted to
 *     the others
 * @param seed of the split
 * @param unknownFrom probabilities of male from here to {@code unknownTo} are no answer
 * @param unknownTo at most 1
 * @param out the file to write
 */
public record TrainGenderOptions(
    Lake lake,
    List<String> datasets,
    String labels,
    Optional<String> balance,
    int folds,
    long seed,
    double unknownFrom,
    double unknownTo,
    String out) {
  private static final int MOST_FOLDS = 100;

  /** Checks the numbers. */
  public TrainGenderOptions {
    if (folds < 2 || folds > MOST_FOLDS) {
      throw new UserError("--folds is %d; give 2 to %d", folds, MOST_FOLDS);
    }
    if (!(0 <= unknownFrom && unknownFrom <= 0.5 && 0.5 <= unknownTo && unknownTo <= 1)) {
      throw new UserError(
          "--unknown-from %s and --unknown-to %s are no bounds around one half; give probabilities"
              + " such as 0.1 and 0.9",
          unknownFrom, unknownTo);
    }
  }
}
