package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashIndexTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 20})
  void findsWhatBruteForceFinds(int radius) {
    long[] hashes = families(600, 13);

    assertThat(pairs(new HashIndex(hashes, radius), hashes))
        .containsExactlyInAnyOrderElementsOf(bruteForce(hashes, radius));
  }

  /** The number of bands follows the number of hashes, and 3 is what millions get. */
  @ParameterizedTest
  @CsvSource({"8,3", "8,4", "8,5", "8,7", "8,16", "2,3", "3,3", "4,5", "12,4"})
  void findsTheSameWithAnyNumberOfBands(int radius, int count) {
    long[] hashes = families(500, 5);
    HashBands bands = HashBands.of(hashes, radius, count);

    List<Pair> found = new ArrayList<>();
    for (long hash : hashes) {
      bands.search(hash, (other, bits) -> add(found, hash, other, bits));
    }

    assertThat(found).containsExactlyInAnyOrderElementsOf(bruteForce(hashes, radius));
  }

  @Test
  void findsAHashAtExactlyTheRadiusWhereverItsBitsAre() {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      long other = Long.rotateLeft(0b1001_0000_1101L, bit);
      List<Pair> found = new ArrayList<>();
      new HashIndex(new long[] {other, ~other}, 5)
          .search(0, (hash, bits) -> found.add(new Pair(0, hash, bits)));

      assertThat(found).containsExactly(new Pair(0, other, 5));
    }
  }

  @Test
  void findsAHashAsOftenAsItStandsThere() {
    List<Integer> found = new ArrayList<>();
    new HashIndex(new long[] {7, 7, 5}, 1).search(7, (hash, bits) -> found.add(bits));

    assertThat(found).containsExactlyInAnyOrder(0, 0, 1);
  }

  @Test
  void findsNothingAmongNothing() {
    new HashIndex(new long[0], 8).search(1, (hash, bits) -> assertThat(hash).isNull());
  }

  @Test
  void travelsAsItsHashes() throws IOException, ClassNotFoundException {
    long[] hashes = families(400, 3);
    HashIndex index = new HashIndex(hashes, 8);
    List<Pair> before = pairs(index, hashes);

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(index);
    }
    assertThat(bytes.size()).isLessThan(8 * hashes.length + 500);
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(pairs((HashIndex) in.readObject(), hashes)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 21})
  void refusesARadiusThatItCannotSearch(int radius) {
    assertThatThrownBy(() -> new HashIndex(new long[0], radius))
        .hasMessage("a radius is 0 to 20 bits, not " + radius);
  }

  /** Hashes of which many are near: some centres, each with changed copies; all are distinct. */
  private static long[] families(int size, long seed) {
    Random random = new Random(seed);
    long[] hashes = new long[size];
    for (int i = 0; i < size; i++) {
      hashes[i] = i % 6 == 0 ? random.nextLong() : hashes[i - 1];
      for (int flips = random.nextInt(6); flips > 0; flips--) {
        hashes[i] ^= 1L << random.nextInt(Long.SIZE);
      }
    }
    return Arrays.stream(hashes).distinct().toArray();
  }

  private static List<Pair> pairs(HashIndex index, long[] hashes) {
    List<Pair> found = new ArrayList<>();
    for (long hash : hashes) {
      index.search(hash, (other, bits) -> add(found, hash, other, bits));
    }
    return found;
  }

  private static void add(List<Pair> pairs, long hash, long other, int bits) {
    if (hash < other) {
      pairs.add(new Pair(hash, other, bits));
    }
  }

  private static List<Pair> bruteForce(long[] hashes, int radius) {
    List<Pair> pairs = new ArrayList<>();
    for (long hash : hashes) {
      for (long other : hashes) {
        int bits = Long.bitCount(hash ^ other);
        if (bits <= radius) {
          add(pairs, hash, other, bits);
        }
      }
    }
    assertThat(pairs.isEmpty()).as("the test has pairs to find").isEqualTo(radius == 0);
    return pairs;
  }

  private record Pair(long hash, long other, int bits) {}
}
