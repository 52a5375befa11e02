package facelake.step;

import java.io.Serializable;

/**
 * How the comparison of all faces is cut into pieces; changes memory and speed.
 *
 * @param partitions of the faces
 * @param blockFaces most faces that are compared at once by a task, and that are grouped as one
 *     graph
 * @param slabFaces most faces that are broadcast at once; 65,536 faces are 32 MB
 */
public record ScanPlan(int partitions, int blockFaces, int slabFaces) implements Serializable {
  private static final int BLOCK_FACES = 1024;
  private static final int SLAB_FACES = 64 * BLOCK_FACES;

  /** Checks that each piece holds something. */
  public ScanPlan {
    if (partitions < 1 || blockFaces < 1 || slabFaces < 1) {
      throw new IllegalArgumentException(
          String.format(
              "A scan needs at least 1 partition, 1 face a block and 1 face a slab, not %d, %d, %d",
              partitions, blockFaces, slabFaces));
    }
  }

  /**
   * Enough partitions for all task slots and for tasks of bounded size, but none without a block.
   *
   * @param faces to compare
   * @param slots tasks that run at the same time
   */
  public static ScanPlan of(long faces, int slots) {
    long blocks = pieces(faces, BLOCK_FACES);
    long wanted = Math.max(2L * slots, pieces(faces, SLAB_FACES));
    return new ScanPlan((int) Math.max(1, Math.min(blocks, wanted)), BLOCK_FACES, SLAB_FACES);
  }

  /** Slabs of this many faces. */
  public long slabs(long faces) {
    return pieces(faces, slabFaces);
  }

  private static long pieces(long faces, int size) {
    return (faces + size - 1) / size;
  }
}
