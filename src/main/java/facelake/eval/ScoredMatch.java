package facelake.eval;

import facelake.eval.DedupeFindings.Match;

/**
 * A pair of identities with the evidence on it.
 *
 * @param partOne part of the one identity, 0 or more
 * @param partOther part of the other identity, 0 or more
 * @param facesOne faces of the one part
 * @param facesOther faces of the other part
 * @param distance between the means of their embeddings
 * @param score higher for a surer pair
 * @param probability that it is one person, 0 to 1
 * @param verdict what is held of it, as a word
 * @param same whether that is that they are one person
 * @param reason why, as a word
 * @param faceOne face id of the one face of the nearest pair; null where there is none
 * @param faceOther face id of the other face of it; null where there is none
 */
public record ScoredMatch(
    Match pair,
    int partOne,
    int partOther,
    int facesOne,
    int facesOther,
    double distance,
    double score,
    double probability,
    String verdict,
    boolean same,
    String reason,
    String faceOne,
    String faceOther) {

  /**
   * Whether this is of the main parts of both; other parts are said not to belong to their
   * identities, and prove nothing of these.
   */
  public boolean isMain() {
    return partOne == 0 && partOther == 0;
  }
}
