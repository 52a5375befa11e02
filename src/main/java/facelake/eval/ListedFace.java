package facelake.eval;

import facelake.eval.DedupeFindings.Name;

/**
 * A face that is said not to be of its identity.
 *
 * @param kind why, as a word
 * @param proposed the identity that it is said to be of; null where none is proposed
 * @param distance to the mean of its own identity; null where there is none
 * @param probability that it is of the proposed identity, 0 to 1; null where none is proposed
 */
public record ListedFace(
    String faceId, String kind, Name proposed, Double distance, Double probability) {}
