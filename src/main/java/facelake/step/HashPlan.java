package facelake.step;

import java.io.Serializable;

/**
 * How the comparison of all perceptual hashes is cut into pieces; changes memory and speed.
 *
 * @param partitions of the hashes
 * @param slabHashes about as many hashes are broadcast at once; 2,097,152 are 16 MB, and their
 *     tables some 100 MB in each executor
 */
public record HashPlan(int partitions, int slabHashes) implements Serializable {
  private static final int PARTITIONS_A_SLOT = 4;
  private static final int SLAB_HASHES = 1 << 21;

  /** Checks that each piece holds something. */
  public HashPlan {
    if (partitions < 1 || slabHashes < 1) {
      throw new IllegalArgumentException(
          "A search needs at least 1 partition and 1 hash a slab, not %d, %d"
              .formatted(partitions, slabHashes));
    }
  }

  /**
   * Enough partitions for all task slots.
   *
   * @param slots tasks that run at the same time
   */
  public static HashPlan of(int slots) {
    return new HashPlan(PARTITIONS_A_SLOT * slots, SLAB_HASHES);
  }

  /** Slabs of this many hashes. */
  int slabs(long hashes) {
    return (int) ((hashes + slabHashes - 1) / slabHashes);
  }
}
