package facelake.match;

import java.util.Arrays;

/**
 * Pairs of rows with their distance, in primitive arrays: 12 bytes a pair, no object for each.
 *
 * <p>Left and right are indices that the maker of the list defines. Not safe for several threads.
 */
public final class PairList {
  private int[] left = new int[16];
  private int[] right = new int[16];
  private float[] distance = new float[16];
  private int size;

  /** Appends a pair. */
  public void add(int leftIndex, int rightIndex, float pairDistance) {
    if (size == left.length) {
      grow();
    }
    left[size] = leftIndex;
    right[size] = rightIndex;
    distance[size++] = pairDistance;
  }

  /** Pairs in the list. */
  public int size() {
    return size;
  }

  /** The first index of a pair. */
  public int left(int pair) {
    return left[pair];
  }

  /** The second index of a pair. */
  public int right(int pair) {
    return right[pair];
  }

  /** The distance of a pair. */
  public float distance(int pair) {
    return distance[pair];
  }

  private void grow() {
    int capacity = Math.addExact(size, size >> 1);
    left = Arrays.copyOf(left, capacity);
    right = Arrays.copyOf(right, capacity);
    distance = Arrays.copyOf(distance, capacity);
  }
}
