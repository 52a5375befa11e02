package facelake.match;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tables of a {@link HashIndex}, one for each band of bits.
 *
 * <p>With {@code m} bands and a radius of {@code m * a + r} bits, two hashes within it differ in at
 * most {@code a} bits in one of the first {@code r + 1} bands, or in at most {@code a - 1} bits in
 * one of the others: otherwise they differed in at least {@code (r + 1)(a + 1) + (m - r - 1) a},
 * that is radius + 1, bits. Where {@code a - 1} is -1, the other bands need no table.
 *
 * <p>Bit {@code i} belongs to band {@code i % m}: neighbouring bits of a perceptual hash stand for
 * neighbouring frequencies, of which pictures of one kind share the low ones, so that a band of low
 * frequencies alone would tell few pictures apart. Hashes are kept with their bits in the order of
 * the bands.
 */
final class HashBands {

  /** A band of 22 bits has a table of 16 MB; a wider one would miss the cache for nothing. */
  private static final int FEWEST_BANDS = 3;

  private static final int MOST_BANDS = 16;

  /** A probe misses the cache, and the hashes of one bucket stand side by side. */
  private static final double NANOSECONDS_A_PROBE = 20;

  private static final double NANOSECONDS_A_HASH = 0.8;

  private final int radius;
  private final int[] order;
  private final HashBand[] bands;

  private HashBands(int radius, int[] order, HashBand[] bands) {
    this.radius = radius;
    this.order = order;
    this.bands = bands;
  }

  /** The tables of as many bands as make a search fastest. */
  static HashBands of(long[] hashes, int radius) {
    int fastest = FEWEST_BANDS;
    for (int count = FEWEST_BANDS + 1; count <= MOST_BANDS; count++) {
      if (cost(hashes.length, radius, count) < cost(hashes.length, radius, fastest)) {
        fastest = count;
      }
    }
    return of(hashes, radius, fastest);
  }

  /** The tables of a number of bands, at least 3. */
  static HashBands of(long[] hashes, int radius, int count) {
    int[] order = order(count);
    long[] dealt = new long[hashes.length];
    for (int i = 0; i < dealt.length; i++) {
      dealt[i] = deal(hashes[i], order);
    }
    List<HashBand> bands = new ArrayList<>();
    int shift = 0;
    for (int band = 0; band < count; band++) {
      int width = width(band, count);
      if (reach(band, count, radius) >= 0) {
        bands.add(new HashBand(dealt, shift, width, reach(band, count, radius)));
      }
      shift += width;
    }
    return new HashBands(radius, order, bands.toArray(HashBand[]::new));
  }

  void search(long hash, HashIndex.Visitor visitor) {
    long wanted = deal(hash, order);
    for (int band = 0; band < bands.length; band++) {
      search(wanted, band, visitor);
    }
  }

  private void search(long wanted, int number, HashIndex.Visitor visitor) {
    HashBand band = bands[number];
    for (int probe = 0; probe < band.probes(); probe++) {
      int end = band.end(wanted, probe);
      for (int i = band.start(wanted, probe); i < end; i++) {
        long difference = band.hash(i) ^ wanted;
        int bits = Long.bitCount(difference);
        if (bits <= radius && isFirst(number, difference)) {
          visitor.near(collect(band.hash(i)), bits);
        }
      }
    }
  }

  /** Whether no earlier band finds the same hash. */
  private boolean isFirst(int number, long difference) {
    for (int band = 0; band < number; band++) {
      if (bands[band].reaches(difference)) {
        return false;
      }
    }
    return true;
  }

  private static double cost(int hashes, int radius, int count) {
    return IntStream.range(0, count)
        .filter(band -> reach(band, count, radius) >= 0)
        .mapToDouble(
            band -> {
              int width = width(band, count);
              double bucket = hashes / (double) (1L << width);
              return HashBand.probes(width, reach(band, count, radius))
                  * (NANOSECONDS_A_PROBE + NANOSECONDS_A_HASH * bucket);
            })
        .sum();
  }

  private static int width(int band, int count) {
    return (Long.SIZE - band + count - 1) / count;
  }

  private static int reach(int band, int count, int radius) {
    return band <= radius % count ? radius / count : radius / count - 1;
  }

  /** The bit of a hash that comes to each place. */
  private static int[] order(int count) {
    return IntStream.range(0, count)
        .flatMap(band -> IntStream.range(0, width(band, count)).map(i -> band + i * count))
        .toArray();
  }

  private static long deal(long hash, int[] order) {
    long dealt = 0;
    for (int place = 0; place < order.length; place++) {
      dealt |= (hash >>> order[place] & 1) << place;
    }
    return dealt;
  }

  private long collect(long dealt) {
    long hash = 0;
    for (int place = 0; place < order.length; place++) {
      hash |= (dealt >>> place & 1) << order[place];
    }
    return hash;
  }
}
