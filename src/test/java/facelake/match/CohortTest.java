package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import facelake.match.Cohort.Nearness;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CohortTest {
  private static final double TOLERANCE = 1e-9;
  private static final float[] ORIGIN = {0};
  private static final long NOBODY = -1;

  /** Two of 80 members count as near; together they weigh 2 of 7, the usual figures 5 of 7. */
  private static final double OWN_WEIGHT = 2 / 7.0;

  @Test
  void leavesOutTheNearestMember() {
    Cohort cohort = new Cohort(line(80), numbers(80));

    // Of the distances 1, 2, 3.
    assertNearness(cohort.nearness(ORIGIN, NOBODY), 2.5, 0.25, usual(line(80)));
  }

  @Test
  void leavesOutAnIdentitysOwnMembers() {
    long[] identities = numbers(80);
    identities[0] = 7;
    identities[1] = 7;
    Cohort cohort = new Cohort(line(80), identities);

    // Of the distances 3, 4, 5.
    assertNearness(cohort.nearness(ORIGIN, 7), 4.5, 0.25, usual(line(80)));
  }

  @Test
  void knowsOnlyTheUsualFiguresInATinyCohort() {
    Cohort cohort = new Cohort(line(39), numbers(39));

    assertThat(cohort.nearness(ORIGIN, NOBODY))
        .isEqualTo(cohort.nearness(new float[] {1000}, NOBODY))
        .isEqualTo(usual(line(39)));
    assertThat(cohort.typicalNearness()).isEqualTo(usual(line(39)).mean());
  }

  @Test
  void growsWithTheScaleOfTheEmbedder() {
    Nearness nearness = cloud(100, 1).nearness(new float[8], NOBODY);
    Nearness scaled = cloud(100, 4).nearness(new float[8], NOBODY);

    assertThat(scaled.mean()).isCloseTo(4 * nearness.mean(), within(TOLERANCE));
    assertThat(scaled.deviation()).isCloseTo(4 * nearness.deviation(), within(TOLERANCE));
    assertThat(cloud(100, 4).typicalNearness())
        .isCloseTo(4 * cloud(100, 1).typicalNearness(), within(TOLERANCE));
  }

  @Test
  void measuresABlockAsItsSingleEmbeddings() {
    Cohort cohort = cloud(700, 1);
    EmbeddingBlock faces = gaussian(5, 1, 2);

    Nearness[] together = cohort.nearness(faces, 3);

    assertThat(together).hasSize(5);
    for (int face = 0; face < together.length; face++) {
      assertThat(together[face]).isEqualTo(cohort.nearness(faces.embedding(face), 3));
    }
  }

  @Test
  void looksAsFarAsTheShareOfWantedCandidates() {
    EmbeddingBlock members = gaussian(100, 1, 1);
    Cohort cohort = new Cohort(members, numbers(100));

    double deviations = cohort.deviationsFor(10, 1000);

    int nearer = 0;
    for (int a = 0; a < 100; a++) {
      Nearness nearness = cohort.nearness(members.embedding(a), a);
      for (int b = 0; b < 100; b++) {
        double distance = members.distance(a, members, b);
        nearer += a != b && nearness.normalised(distance) < -deviations ? 1 : 0;
      }
    }
    assertThat(nearer).isEqualTo(100 * 99 / 100);
  }

  @Test
  void looksFartherForMoreCandidatesOrAmongFewer() {
    Cohort cohort = cloud(100, 1);
    double[] forMore =
        LongStream.of(1, 10, 100, 1000, 5000)
            .mapToDouble(n -> cohort.deviationsFor(n, 1000))
            .toArray();
    double[] amongMore =
        LongStream.of(5, 50, 500, 50000)
            .mapToDouble(all -> cohort.deviationsFor(10, all))
            .toArray();

    assertThat(Arrays.stream(forMore).map(d -> -d).toArray()).isSorted();
    assertThat(forMore[0]).isGreaterThan(forMore[3]);
    assertThat(amongMore).isSorted();
  }

  @Test
  void radiusUndoesNormalised() {
    Nearness nearness = new Nearness(0.6, 0.05);

    assertThat(nearness.normalised(0.7)).isCloseTo(2, within(TOLERANCE));
    assertThat(nearness.radius(3)).isCloseTo(0.45, within(TOLERANCE));
    assertThat(nearness.normalised(nearness.radius(3))).isCloseTo(-3, within(TOLERANCE));
    assertThat(nearness.radius(13)).isZero();
  }

  @Test
  void knowsItsMembers() {
    Cohort cohort = new Cohort(line(2), new long[] {4, 9});

    assertThat(cohort.has(9)).isTrue();
    assertThat(cohort.has(5)).isFalse();
  }

  @Test
  void refusesASingleMember() {
    assertThatThrownBy(() -> new Cohort(line(1), new long[] {0}))
        .hasMessage("a cohort has two members or more, not 1");
  }

  private static void assertNearness(
      Nearness nearness, double mean, double variance, Nearness usual) {
    assertThat(nearness.mean())
        .isCloseTo(OWN_WEIGHT * mean + (1 - OWN_WEIGHT) * usual.mean(), within(TOLERANCE));
    double usualVariance = usual.deviation() * usual.deviation();
    assertThat(nearness.deviation())
        .isCloseTo(
            Math.sqrt(OWN_WEIGHT * variance + (1 - OWN_WEIGHT) * usualVariance), within(TOLERANCE));
  }

  /** What a cohort says where it knows nothing: all members are the identity itself. */
  private static Nearness usual(EmbeddingBlock members) {
    return new Cohort(members, new long[members.rows()]).nearness(ORIGIN, 0);
  }

  private static Cohort cloud(int members, float scale) {
    return new Cohort(gaussian(members, scale, 1), numbers(members));
  }

  private static EmbeddingBlock gaussian(int rows, float scale, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * (float) random.nextGaussian();
    }
    return new EmbeddingBlock(values, 8);
  }

  /** Members at 1, 2, 3 and so on. */
  private static EmbeddingBlock line(int members) {
    float[] places = new float[members];
    for (int i = 0; i < members; i++) {
      places[i] = i + 1;
    }
    return new EmbeddingBlock(places, 1);
  }

  private static long[] numbers(int members) {
    return LongStream.range(0, members).toArray();
  }
}
