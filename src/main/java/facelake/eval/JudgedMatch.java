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
 * @param faceOne the one face of the nearest pair; empty where the truth does not know it
 * @param faceOther the other face of it; empty where the truth does not know it
 * @param right whether they are one person; empty where that is not asked: within a dataset, of
 *     faces that are not of the main part, and where two people who share a name make it debatable
 */
public record JudgedMatch(
    Match pair,
    String personOne,
    String personOther,
    Optional<ScoredMatch> found,
    Optional<PlantedTruth.Face> faceOne,
    Optional<PlantedTruth.Face> faceOther,
    Optional<Boolean> right) {
  /** Who both faces of the nearest pair are; empty where these are two people, or not known. */
  public Optional<String> nearestPerson() {
    return faceOne
        .map(PlantedTruth.Face::person)
        .filter(
            person -> faceOther.map(PlantedTruth.Face::person).filter(person::equals).isPresent());
  }

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
