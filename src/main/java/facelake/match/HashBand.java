package facelake.match;

import java.util.stream.IntStream;

/** The hashes in buckets by the value of some of their bits. */
final class HashBand {
  private final int shift;
  private final int mask;
  private final int reach;
  private final int[] flips;

  /** Where each bucket begins; the last one is the end of the last bucket. */
  private final int[] starts;

  private final long[] sorted;

  /**
   * The table of a band.
   *
   * @param shift the band's lowest bit
   * @param width bits of the band, at most 22
   * @param reach most bits of the band in which a hash that is found here differs
   */
  HashBand(long[] hashes, int shift, int width, int reach) {
    this.shift = shift;
    this.mask = (1 << width) - 1;
    this.reach = reach;
    this.flips = flips(width, reach);
    this.starts = new int[mask + 2];
    this.sorted = new long[hashes.length];
    sort(hashes);
  }

  /** Counting sort by bucket. */
  private void sort(long[] hashes) {
    for (long hash : hashes) {
      starts[bucket(hash) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    // Each start moves to its bucket's end, that is to the next bucket's start, and back again.
    for (long hash : hashes) {
      sorted[starts[bucket(hash)]++] = hash;
    }
    System.arraycopy(starts, 0, starts, 1, starts.length - 1);
    starts[0] = 0;
  }

  /** Ways to change up to {@code reach} of {@code width} bits: a sum of binomial coefficients. */
  static long probes(int width, int reach) {
    long sum = 0;
    long ways = 1;
    for (int bits = 0; bits <= reach; bits++) {
      sum += ways;
      ways = ways * (width - bits) / (bits + 1);
    }
    return sum;
  }

  /** All ways to change up to some of the bits, the fewest first. */
  private static int[] flips(int width, int reach) {
    return IntStream.rangeClosed(0, Math.min(width, reach))
        .flatMap(
            bits -> IntStream.range(0, 1 << width).filter(flip -> Integer.bitCount(flip) == bits))
        .toArray();
  }

  /** Buckets to look into for one hash. */
  int probes() {
    return flips.length;
  }

  int start(long hash, int probe) {
    return starts[bucket(hash) ^ flips[probe]];
  }

  int end(long hash, int probe) {
    return starts[(bucket(hash) ^ flips[probe]) + 1];
  }

  long hash(int i) {
    return sorted[i];
  }

  /** Whether a hash with this difference is found here. */
  boolean reaches(long difference) {
    return Integer.bitCount(bucket(difference)) <= reach;
  }

  private int bucket(long hash) {
    return (int) (hash >>> shift) & mask;
  }
}
