package facelake.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Splits groups that hold two faces of one photo.
 *
 * <p>Such a group is built anew: its near pairs are taken in order of distance, ties in order of
 * the left and then the right face, and a pair joins its two sides where they share no photo
 * (Kruskal's spanning forest with a condition). Groups without a conflict stay as they are.
 */
final class Regrouping {
  private final int[] parents;
  private final List<Set<Long>> photosOfRoot;

  private Regrouping(long[] photos) {
    parents = IntStream.range(0, photos.length).toArray();
    photosOfRoot = new ArrayList<>(photos.length);
    for (long photo : photos) {
      photosOfRoot.add(new HashSet<>(Set.of(photo)));
    }
  }

  /** The groups after the split, numbered from 0 in order of their first face. */
  static int[] apart(int[] labels, long[] photos, PairList near) {
    BitSet conflicts = conflicts(labels, photos);
    if (conflicts.isEmpty()) {
      return labels;
    }
    Regrouping groups = new Regrouping(photos);
    IntStream.range(0, near.size())
        .filter(pair -> labels[near.left(pair)] == labels[near.right(pair)])
        .filter(pair -> conflicts.get(labels[near.left(pair)]))
        .boxed()
        .sorted(nearestFirst(near))
        .forEach(pair -> groups.joinIfDisjoint(near.left(pair), near.right(pair)));
    return groups.labels(labels, conflicts);
  }

  private static BitSet conflicts(int[] labels, long[] photos) {
    BitSet conflicts = new BitSet();
    Map<Integer, Set<Long>> seen = new HashMap<>();
    for (int face = 0; face < labels.length; face++) {
      if (!seen.computeIfAbsent(labels[face], label -> new HashSet<>()).add(photos[face])) {
        conflicts.set(labels[face]);
      }
    }
    return conflicts;
  }

  private static Comparator<Integer> nearestFirst(PairList near) {
    return Comparator.<Integer>comparingDouble(near::distance)
        .thenComparingInt(near::left)
        .thenComparingInt(near::right);
  }

  private void joinIfDisjoint(int left, int right) {
    int a = root(left);
    int b = root(right);
    if (photosOfRoot.get(a).size() < photosOfRoot.get(b).size()) {
      int smaller = a;
      a = b;
      b = smaller;
    }
    if (a != b && photosOfRoot.get(b).stream().noneMatch(photosOfRoot.get(a)::contains)) {
      photosOfRoot.get(a).addAll(photosOfRoot.get(b));
      parents[b] = a;
    }
  }

  private int root(int face) {
    int root = face;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }

  private int[] labels(int[] before, BitSet conflicts) {
    Map<Long, Integer> numbers = new HashMap<>();
    int[] after = new int[before.length];
    for (int face = 0; face < after.length; face++) {
      // A kept group is known by its old label, a new one by its root: negative keys keep them
      // apart.
      long key = conflicts.get(before[face]) ? root(face) : -1L - before[face];
      after[face] = numbers.computeIfAbsent(key, unused -> numbers.size());
    }
    return after;
  }
}
