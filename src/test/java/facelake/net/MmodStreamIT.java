package facelake.net;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.ResidentMemory;
import facelake.TestData;
import facelake.dlib.MmodDetector;
import facelake.dlib.Picture;
import facelake.image.ImageDecoder;
import facelake.image.RgbImage;
import java.nio.file.Files;
import java.util.List;
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

  /** 1.1 were seen; the rest is leeway for whatever else the machine does. */
  private static final double MOST_TIME = 1.5;

  @Test
  void manySizesCostLittleMoreThanOneAndNoMemory() throws Exception {
    RgbImage photo =
        new ImageDecoder(100_000_000)
            .decode(Files.readAllBytes(TestData.dlibExamples().resolve("faces/bald_guys.jpg")))
            .image();
    List<RgbImage> sizes =
        new Random(5).ints(PHOTOS, SMALLEST, LARGEST).mapToObj(photo::shrunkTo).toList();
    double meanPixels =
        sizes.stream()
            .mapToLong(image -> (long) image.width() * image.height())
            .average()
            .orElse(0);
    int side = (int) Math.sqrt(meanPixels * photo.width() / photo.height());
    List<RgbImage> equal = IntStream.range(0, PHOTOS).mapToObj(i -> photo.shrunkTo(side)).toList();

    try (OnednnMmodDetector detector =
        OnednnMmodDetector.of(
            MmodDetector.load("mmod", TestData.model("mmod").bytes()), Precision.FP32)) {
      detect(detector, List.of(photo.shrunkTo(LARGEST)));
      double ofOneSize = detect(detector, equal);
      detect(detector, sizes.subList(0, PHOTOS / 4));
      long before = ResidentMemory.kib();
      double ofManySizes = detect(detector, sizes);
      long growth = ResidentMemory.kib() - before;

      System.out.printf(
          "%d photos: %.1f s of one size, %.1f s of many (%.2f x), %+d KiB resident%n",
          PHOTOS, ofOneSize, ofManySizes, ofManySizes / ofOneSize, growth);
      assertThat(ofManySizes).isLessThan(MOST_TIME * ofOneSize);
      assertThat(growth).isLessThan(MOST_GROWTH_KIB);
    }
  }

  /** Seconds for all photos. */
  private static double detect(OnednnMmodDetector detector, List<RgbImage> photos) {
    long start = System.nanoTime();
    for (RgbImage photo : photos) {
      try (Picture picture = Picture.of(photo)) {
        detector.detect(picture, 0, 0);
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
