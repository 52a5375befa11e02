package facelake.match;

import java.io.Serializable;

/**
 * Finds all hashes within a number of bits of a hash, exactly, without comparing with all of them.
 *
 * <p>Multi-index hashing: M. Norouzi, A. Punjani, D. Fleet, "Fast Search in Hamming Space with
 * Multi-Index Hashing" (2012), sections 3 and 3.2. The 64 bits are dealt out to bands. Two hashes
 * within the radius are so near in one band at least that probing a table of that band for the few
 * values around the hash's own finds the other one.
 *
 * <p>Immutable and safe for several threads. What travels to executors are the hashes alone, 8
 * bytes each; the tables are made when first searched, and take 8 bytes a hash for each band: 3 to
 * 5 bands where there are millions of hashes.
 */
public final class HashIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int LARGEST_RADIUS = 20;

  private final long[] hashes;
  private final int radius;

  /** Made when first searched, on each machine. */
  private transient volatile HashBands bands;

  /** Is told the hashes that a search finds. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * A hash within the radius.
     *
     * @param hash one of the index
     * @param bits in which it differs from the one searched for, 0 to the radius
     */
    void near(long hash, int bits);
  }

  /**
   * An index of these hashes.
   *
   * @param hashes in any order; one that stands here twice is found twice; not copied, so do not
   *     change it
   * @param radius most bits in which a found hash differs, 0 to 20; fast up to about 12
   */
  public HashIndex(long[] hashes, int radius) {
    if (radius < 0 || radius > LARGEST_RADIUS) {
      throw new IllegalArgumentException(
          "a radius is 0 to %d bits, not %d".formatted(LARGEST_RADIUS, radius));
    }
    this.hashes = hashes;
    this.radius = radius;
  }

  /** Hashes in the index. */
  public int size() {
    return hashes.length;
  }

  /** Tells the visitor each hash within the radius once, the hash itself too where it is there. */
  public void search(long hash, Visitor visitor) {
    bands().search(hash, visitor);
  }

  private HashBands bands() {
    HashBands made = bands;
    if (made == null) {
      synchronized (this) {
        made = bands;
        if (made == null) {
          made = HashBands.of(hashes, radius);
          bands = made;
        }
      }
    }
    return made;
  }
}
