package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClusteringTest {
  @Test
  void makesOnePersonOfFacesThatAreAllNear() {
    PairList near = new PairList();
    near.add(0, 1, 0.3f);
    near.add(0, 2, 0.4f);
    near.add(1, 2, 0.3f);

    assertThat(new Clustering(PhotoRule.ONCE_A_PHOTO, 0).labels(new long[] {1, 2, 3}, near))
        .containsExactly(0, 0, 0);
  }

  @Test
  void makesAPersonOfAFaceWithoutNearFaces() {
    assertThat(new Clustering(PhotoRule.ANY_NUMBER, 0).labels(new long[] {7}, new PairList()))
        .containsExactly(0);
    assertThat(new Clustering(PhotoRule.ANY_NUMBER, 0).labels(new long[] {7, 7}, new PairList()))
        .doesNotHaveDuplicates();
  }

  @Test
  void appliesThePhotoRule() {
    PairList near = new PairList();
    near.add(0, 1, 0.1f);
    near.add(1, 2, 0.3f);
    long[] photos = {1, 2, 1};

    int[] labels = new Clustering(PhotoRule.ONCE_A_PHOTO, 0).labels(photos, near);

    assertThat(labels[0]).isNotEqualTo(labels[2]);
  }
}
