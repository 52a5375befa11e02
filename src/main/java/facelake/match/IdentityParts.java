package facelake.match;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Cuts the faces of one labelled identity into parts that are one person each: the main part, and
 * what does not belong to it.
 *
 * <p>A part begins with the face that has the most others near, takes what is near the mean of the
 * part until nothing changes, and leaves the rest to the next part. The mean of n embeddings lies
 * nearer to its person than one of them does: where noise is alike in all directions, {@code
 * sqrt((1 + 1/n) / 2)} times as near as two single faces lie to each other, and the limit shrinks
 * in this proportion. A face that is already in the part is measured against the mean of the
 * others. One photo gives at most one face to a part: the nearest. So do two faces of which a
 * person said that they are two people.
 */
public final class IdentityParts {
  /** Faces among which the first of a part is looked for; spread evenly over larger identities. */
  private static final int SAMPLE = 1000;

  /** Rounds until a part that still changes is taken as it is. */
  private static final int ROUNDS = 10;

  /** Parts that are looked for; faces that are left then are parts of their own. */
  private static final int PARTS = 32;

  private final EmbeddingBlock faces;
  private final long[] photos;
  private final List<Apart> aparts;
  private final double limit;
  private final int[] parts;

  /** Two faces that are never in one part. */
  public record Apart(int a, int b) {}

  private IdentityParts(EmbeddingBlock faces, long[] photos, List<Apart> aparts, double limit) {
    this.faces = faces;
    this.photos = photos;
    this.aparts = aparts;
    this.limit = limit;
    this.parts = new int[faces.rows()];
    Arrays.fill(parts, -1);
  }

  /**
   * The part of each face: 0 is the main part, the largest; ties in order of the first face.
   *
   * @param photos photo of each face
   * @param aparts faces that are kept apart
   * @param limit two single faces of one person are nearer than this
   */
  public static int[] of(EmbeddingBlock faces, long[] photos, List<Apart> aparts, double limit) {
    return new IdentityParts(faces, photos, aparts, limit).cut();
  }

  private int[] cut() {
    int found = 0;
    for (int[] rest = rest(); rest.length > 0 && found < PARTS; rest = rest()) {
      for (int face : part(rest)) {
        parts[face] = found;
      }
      found++;
    }
    for (int face : rest()) {
      parts[face] = found++;
    }
    return largestFirst(found);
  }

  private int[] rest() {
    return IntStream.range(0, parts.length).filter(face -> parts[face] < 0).toArray();
  }

  private int[] part(int[] rest) {
    int[] members = densest(rest);
    for (int round = 0; round < ROUNDS; round++) {
      int[] next = nearTheirMean(rest, members);
      if (next.length == 0 || Arrays.equals(next, members)) {
        break;
      }
      members = next;
    }
    return members;
  }

  /** The face with the most others near, and those; of equal ones the one nearest to all. */
  private int[] densest(int[] rest) {
    int[] sample = sample(rest);
    int[] best = new int[] {rest[0]};
    double bestSum = Double.POSITIVE_INFINITY;
    for (int face : sample) {
      double sum = 0;
      int count = 0;
      int[] near = new int[sample.length];
      for (int other : sample) {
        double distance = faces.distance(face, faces, other);
        sum += distance;
        if (distance < limit) {
          near[count++] = other;
        }
      }
      if (count > best.length || count == best.length && sum < bestSum) {
        best = Arrays.copyOf(near, count);
        bestSum = sum;
      }
    }
    return best;
  }

  private static int[] sample(int[] rest) {
    int count = Math.min(SAMPLE, rest.length);
    return IntStream.range(0, count)
        .map(i -> rest[(int) ((long) i * rest.length / count)])
        .toArray();
  }

  private int[] nearTheirMean(int[] rest, int[] members) {
    float[] mean = faces.mean(members);
    boolean[] isMember = new boolean[parts.length];
    for (int member : members) {
      isMember[member] = true;
    }
    Map<Long, Integer> nearestOfPhoto = new HashMap<>();
    double[] distances = new double[parts.length];
    for (int face : rest) {
      distances[face] = faces.distanceTo(face, mean);
      if (reaches(distances[face], members.length, isMember[face])) {
        nearestOfPhoto.merge(photos[face], face, (a, b) -> distances[b] < distances[a] ? b : a);
      }
    }
    Set<Integer> near = new TreeSet<>(nearestOfPhoto.values());
    for (Apart apart : aparts) {
      if (near.contains(apart.a()) && near.contains(apart.b())) {
        near.remove(distances[apart.a()] <= distances[apart.b()] ? apart.b() : apart.a());
      }
    }
    return near.stream().mapToInt(Integer::intValue).toArray();
  }

  private boolean reaches(double distance, int size, boolean member) {
    if (member && size == 1) {
      return true;
    }
    // Without a face itself, the mean of n lies n / (n - 1) times as far from it.
    double others = member ? distance * size / (size - 1.0) : distance;
    int count = member ? size - 1 : size;
    return others < limit * Math.sqrt((1 + 1.0 / count) / 2);
  }

  private int[] largestFirst(int found) {
    int[] sizes = new int[found];
    int[] firsts = new int[found];
    Arrays.fill(firsts, Integer.MAX_VALUE);
    for (int face = 0; face < parts.length; face++) {
      sizes[parts[face]]++;
      firsts[parts[face]] = Math.min(firsts[parts[face]], face);
    }
    List<Integer> order =
        IntStream.range(0, found)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(part -> -sizes[part])
                    .thenComparingInt(part -> firsts[part]))
            .toList();
    int[] rank = new int[found];
    for (int i = 0; i < found; i++) {
      rank[order.get(i)] = i;
    }
    return Arrays.stream(parts).map(part -> rank[part]).toArray();
  }
}
