package facelake.step.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class ByteBinsTest {
  private final List<SourceImage> images = skewed();

  @Test
  void spreadsSoThatNoBinIsHeavierThanTheMeanPlusTheLargest() {
    assertBalanced(ByteBins::spread);
  }

  @Test
  void cutsStretchesSoThatNoneIsHeavierThanTheMeanPlusTheLargest() {
    assertBalanced(ByteBins::stretches);
    List<SourceImage> joined = new ArrayList<>();
    ByteBins.stretches(images, 7).forEach(joined::addAll);
    assertThat(joined).isEqualTo(images);
  }

  @Test
  void spreadsEmptyFilesToo() {
    List<SourceImage> empty = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      empty.add(image(i, 0));
    }
    assertThat(ByteBins.spread(empty, 4)).extracting(List::size).containsOnly(25);
  }

  @Test
  void makesNoEmptyBins() {
    assertThat(ByteBins.spread(images.subList(0, 2), 5)).hasSize(2);
    assertThat(ByteBins.stretches(images.subList(0, 2), 5)).hasSizeLessThanOrEqualTo(2);
    assertThat(ByteBins.spread(List.of(), 5)).isEmpty();
    assertThat(ByteBins.stretches(List.of(), 5)).isEmpty();
  }

  @Test
  void rejectsNoBins() {
    assertThatThrownBy(() -> ByteBins.spread(images, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Images cannot go into 0 partitions");
  }

  private void assertBalanced(
      BiFunction<List<SourceImage>, Integer, List<List<SourceImage>>> binning) {
    List<List<SourceImage>> bins = binning.apply(images, 7);
    long total = images.stream().mapToLong(ByteBins::weight).sum();
    long largest = images.stream().mapToLong(ByteBins::weight).max().orElseThrow();

    assertThat(bins.stream().mapToInt(List::size).sum()).isEqualTo(images.size());
    for (List<SourceImage> bin : bins) {
      assertThat(bin.stream().mapToLong(ByteBins::weight).sum())
          .isLessThanOrEqualTo(total / 7 + largest);
      assertThat(bin).isSortedAccordingTo(SourceImage.BY_PLACE);
    }
    List<SourceImage> shuffled = new ArrayList<>(images);
    Collections.shuffle(shuffled, new Random(1));
    assertThat(binning.apply(shuffled, 7)).isEqualTo(bins);
  }

  /** Few large, many small, in the order of place. */
  private static List<SourceImage> skewed() {
    Random random = new Random(0);
    List<SourceImage> images = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      images.add(image(i, (long) (1000 / Math.pow(random.nextDouble(), 1.5))));
    }
    return images;
  }

  private static SourceImage image(int i, long bytes) {
    String tar = "file:///" + i / 100 + ".tar";
    return new SourceImage(tar + "#" + i + ".jpg", "file:///", null, bytes, "1", tar, i);
  }
}
