package facelake.match;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A face of a gallery near a face that has no name yet. The nearer comes first, and of equally near
 * ones the smaller id.
 *
 * @param faceId the face of the gallery
 * @param name whom it shows
 * @param distance of the two embeddings
 */
public record Neighbour(String faceId, String name, float distance)
    implements Comparable<Neighbour>, Serializable {
  private static final Comparator<Neighbour> NEARER =
      Comparator.comparingDouble(Neighbour::distance).thenComparing(Neighbour::faceId);

  @Override
  public int compareTo(Neighbour other) {
    return NEARER.compare(this, other);
  }
}
