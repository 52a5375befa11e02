package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IdentityPartsTest {
  private static final double LIMIT = 1;

  @Test
  void keepsOnePersonTogether() {
    assertThat(parts(0f, 0.2f, 0.4f)).containsExactly(0, 0, 0);
    assertThat(parts(3f)).containsExactly(0);
    assertThat(parts()).isEmpty();
  }

  @Test
  void cutsOffAnOutlier() {
    assertThat(parts(0f, 5f, 0.1f, 0.2f)).containsExactly(0, 1, 0, 0);
  }

  @Test
  void findsASecondPersonAndCallsTheLargerOneMain() {
    assertThat(parts(5f, 5.1f, 0f, 0.1f, 0.2f, 9f)).containsExactly(1, 1, 0, 0, 0, 2);
  }

  @Test
  void ordersPartsOfOneSizeByTheirFirstFaces() {
    assertThat(parts(5f, 0f, 5.2f, 0.1f)).containsExactly(0, 1, 0, 1);
    assertThat(parts(0f, 5f, 0.2f, 5.1f)).containsExactly(0, 1, 0, 1);
  }

  @Test
  void takesTheNearestFaceOfAPhoto() {
    EmbeddingBlock faces = line(0.4f, 0f, 0.1f, 0.2f);

    assertThat(IdentityParts.of(faces, new long[] {1, 2, 3, 1}, List.of(), LIMIT))
        .containsExactly(1, 0, 0, 0);
    assertThat(IdentityParts.of(line(0f, 0f), new long[] {1, 1}, List.of(), LIMIT))
        .containsExactly(0, 1);
  }

  @Test
  void cutsApartWhatAPersonCalledDifferent() {
    EmbeddingBlock faces = line(0f, 0.1f, 0.3f);
    List<IdentityParts.Apart> aparts = List.of(new IdentityParts.Apart(0, 2));

    assertThat(IdentityParts.of(faces, new long[] {1, 2, 3}, aparts, LIMIT))
        .containsExactly(0, 0, 1);
    assertThat(IdentityParts.of(faces, new long[] {1, 2, 3}, List.of(), LIMIT))
        .containsExactly(0, 0, 0);
  }

  @Test
  void expectsAFaceNearerToManyThanToOne() {
    assertThat(parts(0f, 0.9f)).containsExactly(0, 0);
    assertThat(parts(0f, 0f, 0f, 0f, 0.9f)).containsExactly(0, 0, 0, 0, 1);
  }

  @Test
  void leavesStrangersAloneInTheirOrder() {
    float[] places = new float[100];
    for (int i = 0; i < places.length; i++) {
      places[i] = 10 * (i * 37 % 100);
    }

    assertThat(parts(places)).containsExactly(IntStream.range(0, 100).toArray());
  }

  @Test
  void placesAllFacesOfALargeIdentity() {
    float[] places = new float[3100];
    int[] expected = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      expected[i] = i % 31 == 7 ? 1 : 0;
      places[i] = 5 * expected[i] + i % 10 * 0.01f;
    }

    assertThat(parts(places)).containsExactly(expected);
  }

  @Test
  void givesTheSameFacesTheSameParts() {
    Random random = new Random(1);
    float[] places = new float[300];
    for (int i = 0; i < places.length; i++) {
      places[i] = 8 * random.nextFloat();
    }
    long[] photos = random.longs(places.length, 0, 100).toArray();

    int[] parts = IdentityParts.of(line(places), photos, List.of(), LIMIT);

    assertThat(IdentityParts.of(line(places.clone()), photos.clone(), List.of(), LIMIT))
        .containsExactly(parts);
    assertThat(IntStream.range(0, parts.length).mapToObj(i -> parts[i] + " " + photos[i]))
        .doesNotHaveDuplicates();
    assertThat(sizes(parts)).isSortedAccordingTo((a, b) -> b - a);
  }

  private static int[] parts(float... places) {
    return IdentityParts.of(
        line(places), LongStream.range(0, places.length).toArray(), List.of(), LIMIT);
  }

  private static Integer[] sizes(int[] parts) {
    Integer[] sizes = new Integer[Arrays.stream(parts).max().orElseThrow() + 1];
    Arrays.setAll(sizes, part -> (int) Arrays.stream(parts).filter(p -> p == part).count());
    return sizes;
  }

  private static EmbeddingBlock line(float... places) {
    return new EmbeddingBlock(places, 1);
  }
}
