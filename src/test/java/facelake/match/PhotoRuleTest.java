package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhotoRuleTest {
  @Test
  void keepsGroupsWithoutAConflict() {
    int[] labels = {0, 0, 1, 1};
    long[] photos = {1, 2, 1, 3};

    assertThat(PhotoRule.ONCE_A_PHOTO.apply(labels, photos, pairs("0-1 .3", "2-3 .4")))
        .containsExactly(0, 0, 1, 1);
  }

  @Test
  void splitsAChainBetweenTwoFacesOfOnePhotoAtItsLongestLink() {
    int[] labels = {0, 0, 0, 0};
    long[] photos = {1, 2, 3, 1};

    int[] after = PhotoRule.ONCE_A_PHOTO.apply(labels, photos, pairs("0-1 .5", "1-2 .2", "2-3 .4"));

    assertThat(after).containsExactly(0, 1, 1, 1);
  }

  @Test
  void breaksTiesByTheFaces() {
    int[] labels = {0, 0, 0};
    long[] photos = {1, 2, 1};

    assertThat(PhotoRule.ONCE_A_PHOTO.apply(labels, photos, pairs("1-2 .3", "0-1 .3")))
        .containsExactly(0, 0, 1);
  }

  @Test
  void regroupsOnlyTheGroupInConflictAndNumbersGroupsByTheirFirstFace() {
    int[] labels = {1, 0, 1, 0, 0};
    long[] photos = {1, 1, 2, 2, 1};

    int[] after = PhotoRule.ONCE_A_PHOTO.apply(labels, photos, pairs("0-2 .1", "1-3 .5", "3-4 .2"));

    assertThat(after).containsExactly(0, 1, 0, 2, 2);
  }

  @Test
  void neverJoinsThroughAPairBetweenTwoGroups() {
    int[] labels = {0, 0, 1};
    long[] photos = {1, 1, 2};

    assertThat(PhotoRule.ONCE_A_PHOTO.apply(labels, photos, pairs("0-2 .1", "1-2 .2")))
        .containsExactly(0, 1, 2);
  }

  @Test
  void separatesFacesOfOnePhotoThatWereGroupedWithoutALink() {
    assertThat(PhotoRule.ONCE_A_PHOTO.apply(new int[] {0, 0}, new long[] {5, 5}, pairs()))
        .containsExactly(0, 1);
  }

  @Test
  void linksFacesOfOnePhotoOnlyWhereAnyNumberMayBe() {
    assertThat(PhotoRule.ONCE_A_PHOTO.links(4, 4)).isFalse();
    assertThat(PhotoRule.ONCE_A_PHOTO.links(4, 5)).isTrue();
    assertThat(PhotoRule.ANY_NUMBER.links(4, 4)).isTrue();
    assertThat(PhotoRule.ANY_NUMBER.apply(new int[] {0, 0}, new long[] {4, 4}, pairs("0-1 .1")))
        .containsExactly(0, 0);
  }

  private static PairList pairs(String... written) {
    PairList pairs = new PairList();
    for (String pair : written) {
      String[] parts = pair.split("[- ]");
      pairs.add(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Float.parseFloat(parts[2]));
    }
    return pairs;
  }
}
