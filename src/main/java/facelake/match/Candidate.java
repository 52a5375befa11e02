package facelake.match;

import java.util.Comparator;

/**
 * A person whom a face may show. The one with the greater weight comes first; of those without, the
 * nearer.
 *
 * @param name the person
 * @param distance of the person's nearest gallery face
 * @param votes kept gallery faces of the person under the threshold
 * @param weight of these votes together; 0 where there are none
 * @param probability 0 to 1, that the face shows this person; null where nothing is known of the
 *     distances of the embedder
 */
public record Candidate(String name, float distance, int votes, double weight, Double probability)
    implements Comparable<Candidate> {
  private static final Comparator<Candidate> BETTER =
      Comparator.comparingDouble(Candidate::weight)
          .reversed()
          .thenComparingDouble(Candidate::distance)
          .thenComparing(Candidate::name);

  @Override
  public int compareTo(Candidate other) {
    return BETTER.compare(this, other);
  }
}
