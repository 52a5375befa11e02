package facelake.step;

import facelake.match.PhotoRule;
import java.io.Serializable;

/**
 * What makes faces one person.
 *
 * @param scope among which faces people are looked for, as in {@code people.scope}; part of their
 *     ids
 * @param threshold embeddings at a smaller Euclidean distance are linked; positive
 * @param rule whether two faces of one photo may be one person
 * @param seed of Chinese whispers
 * @param exactUpTo of more faces, not all pairs are compared
 */
public record PeopleOptions(
    String scope, double threshold, PhotoRule rule, long seed, long exactUpTo)
    implements Serializable {}
