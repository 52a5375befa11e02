package facelake.dlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import facelake.Golden;
import facelake.LfwPhotos;
import facelake.TestData;
import facelake.image.ImageDecoder;
import facelake.image.RgbImage;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The fast HOG detector against dlib's own: the same boxes in the same order, the same scores. */
class FastHogIT {
  private static final double TOLERANCE = 1e-4;

  /** dlib's threshold moved so far that photos are full of weak detections. */
  private static final double FAR = -0.9;

  private static HogDetector dlib;
  private static FastHogDetector fast;

  @BeforeAll
  static void open() {
    dlib = HogDetector.open();
    fast = FastHogDetector.open();
  }

  @AfterAll
  static void close() {
    dlib.close();
    fast.close();
  }

  private static int check(RgbImage image, int upsample, double adjust) {
    try (Picture picture = Picture.of(image)) {
      List<Detection> expected = dlib.detect(picture, upsample, adjust);
      List<Detection> found = fast.detect(picture, upsample, adjust);
      assertThat(found.stream().map(Detection::box))
          .as("%d x %d", image.width(), image.height())
          .containsExactlyElementsOf(expected.stream().map(Detection::box).toList());
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).score())
            .isCloseTo(expected.get(i).score(), within((float) TOLERANCE));
      }
      return found.size();
    }
  }

  @Test
  void agreesOnPhotosWithKnownFaces() throws Exception {
    TestData.sharedOrSkip("golden");
    for (Golden photo : Golden.hog()) {
      check(photo.decoded(), 0, 0);
      check(photo.decoded(), 0, FAR);
    }
  }

  @Test
  void agreesOnLfw() throws Exception {
    int images = Integer.getInteger("facelake.lfw", 300);
    int seen = 0;
    int found = 0;
    try (LfwPhotos photos = LfwPhotos.openOrSkip()) {
      RgbImage photo;
      while (seen < images && (photo = photos.next()) != null) {
        found += check(photo, 0, seen++ % 2 == 0 ? 0 : FAR);
      }
    }
    System.out.printf("%d photos of LFW, %d detections, all as dlib's%n", seen, found);
    assertThat(found).isGreaterThan(seen / 2);
  }

  @Test
  void agreesOnPartsOfAnySize() throws Exception {
    RgbImage photo = baldGuys();
    Random random = new Random(1);
    int found = 0;
    for (int i = 0; i < 150; i++) {
      int width = 1 + random.nextInt(i % 3 == 0 ? 120 : 500);
      int height = 1 + random.nextInt(i % 3 == 1 ? 120 : 500);
      int left = random.nextInt(photo.width() - width);
      int top = random.nextInt(photo.height() - height);
      found += check(part(photo, left, top, width, height), i % 10 == 0 ? 1 : 0, FAR);
    }
    assertThat(found).isGreaterThan(20);
  }

  /** Where the first features, the first filter and whole vectors begin and end. */
  @Test
  void agreesOnTheSmallestSizes() throws Exception {
    RgbImage photo = baldGuys();
    for (int height = 1; height <= 30; height++) {
      for (int width = 1; width <= 30; width++) {
        check(part(photo, 300, 300, width, height), 0, FAR);
      }
    }
    int found = 0;
    for (int width = 72; width < 122; width++) {
      found += check(part(photo, 700, 300, width, 121 - width + 80), 0, -5);
    }
    assertThat(found).isGreaterThan(100);
    check(part(photo, 0, 200, photo.width(), 1), 0, FAR);
    check(part(photo, 0, 200, photo.width(), 21), 0, FAR);
    check(part(photo, 200, 0, 21, photo.height()), 0, FAR);
    check(part(photo, 0, 0, 1, 1), 1, FAR);
  }

  /** The same picture many times over has the same scores many times over. */
  @Test
  void agreesOnTies() throws Exception {
    RgbImage photo = part(baldGuys(), 600, 300, 240, 240);
    byte[] rgb = new byte[photo.rgb().length * 9];
    for (int y = 0; y < 720; y++) {
      for (int copy = 0; copy < 3; copy++) {
        System.arraycopy(photo.rgb(), y % 240 * 720, rgb, (y * 3 + copy) * 720, 720);
      }
    }
    assertThat(check(new RgbImage(rgb, 720, 720), 0, FAR)).isPositive();
  }

  @Test
  void agreesOnFlatColours() {
    for (int colour : new int[] {0, 128, 255}) {
      byte[] rgb = new byte[300 * 200 * 3];
      Arrays.fill(rgb, (byte) colour);
      assertThat(check(new RgbImage(rgb, 300, 200), 0, 0)).isZero();
    }
  }

  /** Where colours have equal gradients, dlib's choice among them depends on the column. */
  @Test
  void agreesOnGrey() throws Exception {
    RgbImage photo = part(baldGuys(), 300, 200, 611, 407);
    byte[] grey = photo.rgb().clone();
    for (int i = 0; i < grey.length; i += 3) {
      grey[i + 1] = grey[i];
      grey[i + 2] = grey[i];
    }
    assertThat(check(new RgbImage(grey, photo.width(), photo.height()), 0, FAR)).isPositive();
  }

  @Test
  void copiesWorkAtOnce() throws Exception {
    RgbImage photo = baldGuys();
    try (Picture picture = Picture.of(photo);
        FastHogDetector copy = fast.copy()) {
      List<Detection> alone = fast.detect(picture, 0, 0);
      List<List<Detection>> together =
          List.of(fast, copy).parallelStream()
              .map(detector -> detector.detect(picture, 0, 0))
              .toList();
      assertThat(together).containsOnly(alone);
    }
  }

  private static RgbImage baldGuys() throws Exception {
    byte[] file = Files.readAllBytes(TestData.dlibExamples().resolve("faces/bald_guys.jpg"));
    return new ImageDecoder(100_000_000).decode(file).image();
  }

  private static RgbImage part(RgbImage photo, int left, int top, int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      int from = ((top + y) * photo.width() + left) * 3;
      System.arraycopy(photo.rgb(), from, rgb, y * width * 3, width * 3);
    }
    return new RgbImage(rgb, width, height);
  }
}
