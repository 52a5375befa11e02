package facelake.net;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.ResidentMemory;
import facelake.TestData;
import facelake.dlib.MmodDetector;
import facelake.dlib.Picture;
import facelake.image.ImageDecoder;
import facelake.image.RgbImage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Photos of many sizes through the CNN detector. {@code -Dfacelake.stream=2000} gives a longer
 * stream than the usual one.
 */
class MmodStreamIT {
  private static final int PHOTOS = Integer.getInteger("facelake.stream", 200);
  private static final int SMALLEST = 320;
  private static final int LARGEST = 640;
  private static final long MOST_GROWTH_KIB = 40 * 1024;

  private static final double MOST_TIME = 1.3;

  @Test
  void manySizesCostLittleMoreThanOneAndNoMemory() throws Exception {
    RgbImage photo =
        new ImageDecoder(100_000_000)
            .decode(Files.readAllBytes(TestData.dlibExamples().resolve("faces/bald_guys.jpg")))
            .image();
    int[] sides = new Random(5).ints(PHOTOS, SMALLEST, LARGEST).toArray();
    double meanSquare =
        IntStream.of(sides).mapToDouble(side -> (double) side * side).average().orElse(0);
    int[] equal = IntStream.range(0, PHOTOS).map(i -> (int) Math.sqrt(meanSquare)).toArray();

    try (OnednnMmodDetector detector =
        OnednnMmodDetector.of(
            MmodDetector.load("mmod", TestData.model("mmod").bytes()), Precision.FP32)) {
      detect(detector, photo, LARGEST);
      double ofOneSize = detect(detector, photo, equal);
      detect(detector, photo, Arrays.copyOf(sides, PHOTOS / 4));
      long before = ResidentMemory.kib();
      double ofManySizes = detect(detector, photo, sides);
      long growth = ResidentMemory.kib() - before;

      System.out.printf(
          "%d photos: %.1f s of one size, %.1f s of many (%.2f x), %+d KiB resident%n",
          PHOTOS, ofOneSize, ofManySizes, ofManySizes / ofOneSize, growth);
      assertThat(ofManySizes).isLessThan(MOST_TIME * ofOneSize);
      assertThat(growth).isLessThan(MOST_GROWTH_KIB);
    }
  }

  /**
   * Seconds of processor for a photo in all of these sizes, by its longer side; shrinking it is not
   * counted, nor what others of this machine do.
   */
  private static double detect(OnednnMmodDetector detector, RgbImage photo, int... sides) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    for (int side : sides) {
      try (Picture picture = Picture.of(photo.shrunkTo(side))) {
        long start = clock.getCurrentThreadCpuTime();
        detector.detect(picture, 0, 0);
        nanos += clock.getCurrentThreadCpuTime() - start;
      }
    }
    return nanos / 1e9;
  }
}
