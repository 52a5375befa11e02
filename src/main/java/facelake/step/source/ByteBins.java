package facelake.step.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Parts of equal weight. The weight of an image is its bytes and a fixed cost of opening it, so
 * that empty files spread too. Both ways give no bin more than the mean plus the heaviest image,
 * and the same bins for the same images in any order.
 */
final class ByteBins {
  /** What opening and handing on costs, as bytes that could be read and decoded meanwhile. */
  private static final long OPENING = 4096;

  private static final Comparator<SourceImage> HEAVIEST_FIRST =
      Comparator.comparingLong(ByteBins::weight).reversed().thenComparing(SourceImage.BY_PLACE);

  private ByteBins() {}

  private static final class Bin {
    final int index;
    final ArrayList<SourceImage> images = new ArrayList<>();
    long weight;

    Bin(int index) {
      this.index = index;
    }

    void add(SourceImage image) {
      images.add(image);
      weight += ByteBins.weight(image);
    }
  }

  static long weight(SourceImage image) {
    return image.bytes() + OPENING;
  }

  /** Bins filled greedily, the heaviest image first, each bin in the order of place. */
  static List<List<SourceImage>> spread(List<SourceImage> images, int bins) {
    check(bins);
    PriorityQueue<Bin> lightest =
        new PriorityQueue<>(
            Comparator.<Bin>comparingLong(bin -> bin.weight).thenComparingInt(bin -> bin.index));
    for (int i = 0; i < Math.min(bins, images.size()); i++) {
      lightest.add(new Bin(i));
    }
    for (SourceImage image : images.stream().sorted(HEAVIEST_FIRST).toList()) {
      Bin bin = lightest.remove();
      bin.add(image);
      lightest.add(bin);
    }
    List<List<SourceImage>> filled = new ArrayList<>();
    for (Bin bin : lightest.stream().sorted(Comparator.comparingInt(b -> b.index)).toList()) {
      bin.images.sort(SourceImage.BY_PLACE);
      filled.add(bin.images);
    }
    return filled;
  }

  /** Bins of neighbours: the order of place, cut into stretches of equal weight. */
  static List<List<SourceImage>> stretches(List<SourceImage> images, int bins) {
    check(bins);
    long total = images.stream().mapToLong(ByteBins::weight).sum();
    long width = Math.max(1, (total + bins - 1) / bins);
    List<List<SourceImage>> filled = new ArrayList<>();
    long start = 0;
    long open = -1;
    for (SourceImage image : images.stream().sorted(SourceImage.BY_PLACE).toList()) {
      if (start / width != open) {
        open = start / width;
        filled.add(new ArrayList<>());
      }
      filled.get(filled.size() - 1).add(image);
      start += weight(image);
    }
    return filled;
  }

  private static void check(int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException("Images cannot go into " + bins + " partitions");
    }
  }
}
