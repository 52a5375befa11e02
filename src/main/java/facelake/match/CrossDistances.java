package facelake.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * All distances between the faces of two sides, summed up.
 *
 * @param pairs pairs that were measured
 * @param near pairs under the limit
 * @param smallest the smallest distance
 * @param median the median distance; the lower of the middle two
 * @param mean the mean distance
 * @param medoids the distance between both sides' medoids: the faces nearest to all of their side
 * @param best the nearest pairs, the nearest first, no face twice
 */
public record CrossDistances(
    int pairs,
    int near,
    double smallest,
    double median,
    double mean,
    double medoids,
    List<Pair> best) {
  /**
   * Two faces and their distance.
   *
   * @param left row of the one side
   * @param right row of the other side
   */
  public record Pair(int left, int right, double distance) {}

  /**
   * Measures all pairs.
   *
   * @param a at least one face
   * @param b at least one face
   * @param limit pairs at a smaller distance count as near
   * @param shown most pairs that are named as the best
   */
  public static CrossDistances between(
      EmbeddingBlock a, EmbeddingBlock b, double limit, int shown) {
    List<Pair> all = new ArrayList<>(a.rows() * b.rows());
    double[] distances = new double[a.rows() * b.rows()];
    int near = 0;
    for (int left = 0; left < a.rows(); left++) {
      for (int right = 0; right < b.rows(); right++) {
        double distance = a.distance(left, b, right);
        distances[all.size()] = distance;
        all.add(new Pair(left, right, distance));
        near += distance < limit ? 1 : 0;
      }
    }
    Arrays.sort(distances);
    return new CrossDistances(
        distances.length,
        near,
        distances[0],
        distances[(distances.length - 1) / 2],
        Arrays.stream(distances).sum() / distances.length,
        a.distance(medoid(a), b, medoid(b)),
        best(all, shown));
  }

  /** The face with the smallest sum of distances to the others; of equal ones the first. */
  private static int medoid(EmbeddingBlock faces) {
    int medoid = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int face = 0; face < faces.rows(); face++) {
      double sum = 0;
      for (int other = 0; other < faces.rows(); other++) {
        sum += faces.distance(face, faces, other);
      }
      if (sum < least) {
        least = sum;
        medoid = face;
      }
    }
    return medoid;
  }

  private static List<Pair> best(List<Pair> all, int shown) {
    all.sort(
        Comparator.comparingDouble(Pair::distance)
            .thenComparingInt(Pair::left)
            .thenComparingInt(Pair::right));
    List<Pair> best = new ArrayList<>();
    for (Pair pair : all) {
      if (best.size() == shown) {
        break;
      }
      if (best.stream().noneMatch(b -> b.left() == pair.left() || b.right() == pair.right())) {
        best.add(pair);
      }
    }
    return best;
  }
}
