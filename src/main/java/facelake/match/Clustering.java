package facelake.match;

import facelake.dlib.ChineseWhispers;

/**
 * Groups the faces of one connected component into people.
 *
 * <p>Chinese whispers (Biemann 2006) as in dlib's {@code dnn_face_recognition_ex.cpp}: near faces
 * are linked without weights, and each face is linked to itself.
 */
public final class Clustering {
  private final PhotoRule rule;
  private final long seed;

  /**
   * A clustering that gives the same groups for the same input.
   *
   * @param rule whether faces of one photo may be one person
   * @param seed of the order in which Chinese whispers visits the faces
   */
  public Clustering(PhotoRule rule, long seed) {
    this.rule = rule;
    this.seed = seed;
  }

  /**
   * The person of each face, 0 to k - 1.
   *
   * @param photos photo of each face
   * @param near pairs of faces under the threshold that the rule lets link, each once, the smaller
   *     face on the left, sorted by left and then by right
   */
  public int[] labels(long[] photos, PairList near) {
    int faces = photos.length;
    if (faces == 1) {
      return new int[1];
    }
    return rule.apply(ChineseWhispers.labels(faces, edges(near), seed), photos, near);
  }

  private static int[] edges(PairList near) {
    int[] edges = new int[Math.multiplyExact(2, near.size())];
    for (int pair = 0; pair < near.size(); pair++) {
      edges[2 * pair] = near.left(pair);
      edges[2 * pair + 1] = near.right(pair);
    }
    return edges;
  }
}
