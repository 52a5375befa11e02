package facelake.eval;

import facelake.eval.DedupeFindings.Match;
import java.util.Optional;

/**
 * A pair of identities with who they are.
 *
 * @param pair the pair; of one that was found, in its order
 * @param personOne who the one is
 * @param personOther who the other one is
 * @param found the evidence; empty where a pair of one person was not found
 * @param right whether they are one person; empty where that is not asked: within a dataset, of
 *     faces that are not of the main part, and where two people who share a name make it debatable
 */
public record JudgedMatch(
    Match pair,
    String personOne,
    String personOther,
    Optional<ScoredMatch> found,
    Optional<Boolean> right) {
  /** The score; below all others where there is none. */
  double score() {
    return found.map(ScoredMatch::score).orElse(Double.NEGATIVE_INFINITY);
  }

  boolean isRight() {
    return right.orElse(false);
  }

  boolean isWrong() {
    return !right.orElse(true);
  }

  boolean isSaid() {
    return found.map(ScoredMatch::same).orElse(false);
  }
}
