package facelake.match;

import java.io.Serializable;

/**
 * When two photos count as copies of one: their perceptual hashes differ in few bits, and their
 * faces, where both have some, look the same.
 *
 * <p>Photos that are alike without being copies, such as portraits before one background, differ in
 * few bits too, and so do shots taken a second apart; their faces tell them from copies.
 * Recompressed and resized copies stay within few bits, but where a copy is small its faces may be
 * blurred, or too small to be found. Hence two steps: within {@link #sureBits} faces need only not
 * contradict, and further apart they must agree.
 *
 * @param bits most bits in which the hashes of copies differ, 0 to 20
 * @param distance faces of copies are nearer than this where the hashes differ in more than {@code
 *     sureBits}; Euclidean distance of embeddings, positive
 * @param sureBits most bits that need no face: enough where one or both photos have none
 * @param sureDistance faces of copies are nearer than this within {@code sureBits}
 */
public record CopyRule(int bits, double distance, int sureBits, double sureDistance)
    implements Serializable {
  /**
   * 8 bits and 0.25; 4 bits and 0.5.
   *
   * <p>Measured with resnet-v1 and the HOG detector. The 87.5 million pairs of the 13,233
   * deep-funneled photos of LFW hold 15 within 4 bits: all are one photograph in two versions, at
   * distances up to 0.23, though four of them stand under two names. With 6 or 8 bits there are 101
   * more, 6 of them nearer than 0.25, of which 5 are one photograph and one is the next shot of a
   * series; 7 more, from 0.29 to 0.37, are other shots of one person, and the rest, from 0.60 on,
   * show two. Copies of 1,500 photos of LFW and of 85 others, by JPEG quality 50 and at half size,
   * differ from their originals in up to 4 bits; their faces are less than 0.25 away in 98.5 of
   * 100, and more than 0.5 in 3 of 2,159. At half size the detector finds faces in a third of LFW's
   * photos only, so that two thirds are found by their hash alone. This rule finds 1,584 of the
   * 1,585 copies of quality 50 and 1,583 of those of half size. (All hashes but 0 have half of
   * their bits set, so that they differ in even numbers of bits.)
   */
  public static final CopyRule DEFAULT = new CopyRule(8, 0.25, 4, 0.5);

  /** Checks that the numbers make sense together. */
  public CopyRule {
    if (sureBits < 0 || sureBits > bits) {
      throw new IllegalArgumentException(
          "bits that need no face are 0 to %d, as many as copies differ in at most, not %d"
              .formatted(bits, sureBits));
    }
    if (!(distance > 0 && sureDistance > 0)) {
      throw new IllegalArgumentException(
          "A distance is positive, not %s or %s".formatted(distance, sureDistance));
    }
  }

  /**
   * Whether two photos are copies.
   *
   * @param differing bits in which their hashes differ
   * @param farthest as {@link #farthest} gives it
   */
  public boolean holds(int differing, double farthest) {
    return differing <= sureBits
        ? Double.isNaN(farthest) || farthest < sureDistance
        : differing <= bits && farthest < distance;
  }

  /**
   * How far the faces of two photos are apart: the distance of a face to the nearest one of the
   * other photo, the greatest such distance over all faces of the photo that has fewer. A smaller
   * copy may have lost faces, but shows none that the larger one lacks.
   *
   * @return Euclidean distance of embeddings, the same for both orders; NaN where a photo has no
   *     face
   */
  public static double farthest(EmbeddingBlock a, EmbeddingBlock b) {
    if (a.rows() == b.rows()) {
      return Math.max(oneWay(a, b), oneWay(b, a));
    }
    return a.rows() < b.rows() ? oneWay(a, b) : oneWay(b, a);
  }

  private static double oneWay(EmbeddingBlock few, EmbeddingBlock many) {
    double farthest = Double.NaN;
    for (int row = 0; row < few.rows(); row++) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int other = 0; other < many.rows(); other++) {
        nearest = Math.min(nearest, few.distance(row, many, other));
      }
      farthest = row == 0 ? nearest : Math.max(farthest, nearest);
    }
    return farthest;
  }
}
