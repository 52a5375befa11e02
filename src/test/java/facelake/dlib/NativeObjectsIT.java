package facelake.dlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import facelake.TestData;
import facelake.image.ImageDecoder;
import facelake.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What native objects promise: lifetimes, errors, batches, seeds. */
class NativeObjectsIT {
  private static RgbImage baldGuys;

  @BeforeAll
  static void decode() throws Exception {
    byte[] file = Files.readAllBytes(TestData.dlibExamples().resolve("faces/bald_guys.jpg"));
    baldGuys = new ImageDecoder(100_000_000).decode(file).image();
  }

  private static DlibNetwork resnet() {
    return DlibNetwork.load(
        Architecture.RESNET_FACE, "resnet-v1", TestData.model("resnet-v1").bytes());
  }

  private static List<Supplier<FaceDetector>> hogDetectors() {
    return List.of(HogDetector::open, FastHogDetector::open);
  }

  @ParameterizedTest
  @MethodSource("hogDetectors")
  void freesWhatItOpened(Supplier<FaceDetector> detectors) {
    long before = NativeHandle.open();
    try (FaceDetector detector = detectors.get();
        FaceDetector copy = detector.copy();
        Picture picture = Picture.of(baldGuys)) {
      assertThat(NativeHandle.open()).isEqualTo(before + 3);
      assertThat(copy.detect(picture, 0, 0)).hasSize(24);
    }
    assertThat(NativeHandle.open()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("hogDetectors")
  void detectorsRefuseWhatMakesNoSense(Supplier<FaceDetector> detectors) {
    FaceDetector detector = detectors.get();
    try (Picture picture = Picture.of(baldGuys)) {
      assertThatThrownBy(() -> detector.detect(picture, -1, 0))
          .isInstanceOf(DlibException.class)
          .hasMessageContaining("upsample must be 0 or more");
      detector.close();
      detector.close();
      assertThatThrownBy(() -> detector.detect(picture, 0, 0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the HOG detector was closed before");
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    long before = NativeHandle.open();
    Picture picture = Picture.of(baldGuys);
    picture.close();
    picture.close();
    assertThat(NativeHandle.open()).isEqualTo(before);
  }

  @Test
  void useAfterCloseSaysSo() {
    DlibNetwork network = resnet();
    DlibNetwork copy = network.copy();
    network.close();
    assertThatThrownBy(() -> network.forward(new byte[150 * 150 * 3], 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a forward pass: model resnet-v1 was closed before");
    assertThat(copy.forward(new byte[150 * 150 * 3], 1)).hasSize(128);
    copy.close();

    Picture picture = Picture.of(baldGuys);
    picture.close();
    try (HogDetector detector = HogDetector.open()) {
      assertThatThrownBy(() -> detector.detect(picture, 0, 0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("1986 x 1545")
          .hasMessageContaining("was closed before");
    }
  }

  @Test
  void brokenModelsAreNamed() {
    byte[] model = TestData.model("resnet-v1").bytes();
    byte[] cut = Arrays.copyOf(model, model.length / 2);
    assertThatThrownBy(() -> DlibNetwork.load(Architecture.RESNET_FACE, "resnet-v1", cut))
        .isInstanceOf(DlibException.class)
        .hasMessageStartingWith("dlib: loading failed with model resnet-v1: ");
    assertThatThrownBy(() -> DlibNetwork.load(Architecture.GENDER_CNN, "gender-v1", model))
        .isInstanceOf(DlibException.class)
        .hasMessageContaining("model gender-v1");
    assertThatThrownBy(() -> LandmarkPredictor.load("landmarks-5", new byte[0]))
        .isInstanceOf(DlibException.class)
        .hasMessageContaining("model landmarks-5");
    assertThatThrownBy(() -> MmodDetector.load("mmod", new byte[] {1, 2, 3}))
        .isInstanceOf(DlibException.class)
        .hasMessageContaining("model mmod");
  }

  /** 2^30 forests in 13 bytes. */
  @Test
  void aModelTakesNoMoreMemoryThanItsFileIsWorth() {
    byte[] model = new PackedNumbers().add(1, 0, 1, 1L << 30).bytes();

    assertThatThrownBy(() -> LandmarkPredictor.load("landmarks-5", model))
        .isInstanceOf(DlibException.class)
        .hasMessageContaining("bad_alloc");
  }

  @Test
  void aTensorOfNegativeSizeIsRefused() {
    byte[] model = TestData.model("mmod").bytes();
    String text = new String(model, StandardCharsets.ISO_8859_1);
    int samples = text.indexOf("con_4") + "con_4".length() + 2; // after the tensor's own version
    model[samples] |= (byte) 0x80; // the sign stands beside the length of a packed number

    assertThatThrownBy(() -> MmodDetector.load("mmod", Arrays.copyOf(model, samples + 20)))
        .isInstanceOf(DlibException.class)
        .hasMessageContaining("negative size");
  }

  /** One tree of one split, which compares two of the features. */
  @ParameterizedTest
  @CsvSource({"0, 1, 4, true", "2, 1, 4, false", "0, 2, 4, false", "0, 1, 5, false"})
  void aPredictorLooksAtFeaturesAndPointsThatThereAre(
      int first, int second, int anchor, boolean sound) {
    PackedNumbers model = new PackedNumbers().add(1, 10, 1).zeros(10); // version, five points
    model.add(1, 1, 1, first, second).zeros(1); // a forest of a tree of a split, and its threshold
    model.add(2, 10, 1).zeros(10).add(10, 1).zeros(10); // what its two leaves add
    model.add(1, 2, 0, anchor).add(1, 2).zeros(4); // the points that features are near, and how far

    if (sound) {
      LandmarkPredictor.load("mine", model.bytes()).close();
    } else {
      assertThatThrownBy(() -> LandmarkPredictor.load("mine", model.bytes()))
          .isInstanceOf(DlibException.class)
          .hasMessageEndingWith("model mine: its trees contradict each other");
    }
  }

  /** Numbers as dlib packs them: how many bytes, and these, the lowest first. */
  private static final class PackedNumbers {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PackedNumbers add(long... numbers) {
      for (long number : numbers) {
        int bytes = number < 256 ? 1 : Integer.BYTES;
        out.write(bytes);
        for (int i = 0; i < bytes; i++) {
          out.write((int) (number >> 8 * i));
        }
      }
      return this;
    }

    /** Floats are a mantissa and an exponent of two bytes at most. */
    PackedNumbers zeros(int floats) {
      for (int i = 0; i < floats; i++) {
        out.writeBytes(new byte[] {1, 0, 1, 0});
      }
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }

  @Test
  void embeddingDoesNotDependOnItsBatch() {
    int chip = 150 * 150 * 3;
    byte[] chips = new byte[7 * chip];
    new Random(1).nextBytes(chips);
    try (DlibNetwork network = resnet()) {
      float[] together = network.forward(chips, 7);
      float[] alone = network.forward(Arrays.copyOfRange(chips, 3 * chip, 4 * chip), 1);
      assertThat(Arrays.copyOfRange(together, 3 * 128, 4 * 128)).containsExactly(alone);
      assertThat(network.forward(new byte[0], 0)).isEmpty();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.forward(chips, 8))
          .withMessage("8 chips of 150 pixels a side have 540000 bytes, not 472500");
    }
  }

  @Test
  void everyArchitectureRuns() {
    try (DlibNetwork network =
        DlibNetwork.load(
            Architecture.IMAGENET_RESNET34,
            "imagenet-resnet34",
            TestData.model("imagenet-resnet34").bytes())) {
      float[] probabilities = network.forward(new byte[227 * 227 * 3], 1);
      assertThat(probabilities).hasSize(1000);
      double sum = 0;
      for (float probability : probabilities) {
        sum += probability;
      }
      assertThat(sum).isCloseTo(1, within(1e-3));
    }
    try (DlibNetwork network =
        DlibNetwork.load(
            Architecture.DENSENET_FACE,
            "densenet-v1",
            TestData.modelOrSkip("densenet-v1").bytes())) {
      assertThat(network.forward(new byte[150 * 150 * 3], 1)).hasSize(128);
    }
  }

  @Test
  void placesSixtyEightLandmarks() {
    try (LandmarkPredictor predictor =
            LandmarkPredictor.load("landmarks-68", TestData.model("landmarks-68").bytes());
        HogDetector detector = HogDetector.open();
        Picture picture = Picture.of(baldGuys)) {
      Detection best = detector.detect(picture, 0, 0).get(0);
      Landmarks landmarks = predictor.predict(picture, best.box());
      assertThat(landmarks.parts()).isEqualTo(68);
      // The chin is below the base of the nose, which is below the eyes.
      assertThat(landmarks.y(8)).isGreaterThan(landmarks.y(33));
      assertThat(landmarks.y(33)).isGreaterThan(landmarks.y(36));
      byte[] chip = FaceChips.cut(picture, landmarks, 64, 0.5);
      assertThat(chip).hasSize(64 * 64 * 3);
    }
  }

  @Test
  void upsamplingFindsSmallerFacesInTheirOwnPixels() {
    RgbImage small = baldGuys.shrunkTo(700);
    try (HogDetector detector = HogDetector.open();
        Picture picture = Picture.of(small)) {
      List<Detection> once = detector.detect(picture, 0, 0);
      List<Detection> doubled = detector.detect(picture, 1, 0);
      assertThat(doubled).hasSizeGreaterThan(once.size());
      assertThat(doubled)
          .allSatisfy(
              detection -> assertThat(detection.box().right()).isLessThan(small.width() + 40));
    }
  }

  @Test
  void jitterFollowsItsSeed() {
    byte[] chip = new byte[150 * 150 * 3];
    new Random(7).nextBytes(chip);
    byte[] first = FaceChips.jitter(chip, 150, 5, 42);
    assertThat(FaceChips.jitter(chip, 150, 5, 42)).isEqualTo(first).hasSize(5 * chip.length);
    assertThat(FaceChips.jitter(chip, 150, 5, 43)).isNotEqualTo(first);
    assertThat(Arrays.copyOf(first, 2 * chip.length)).isEqualTo(FaceChips.jitter(chip, 150, 2, 42));
    byte[] crops = FaceChips.randomCrops(chip, 150, 32, 3, 1);
    assertThat(FaceChips.randomCrops(chip, 150, 32, 3, 1)).isEqualTo(crops).hasSize(3 * 3072);
  }

  @Test
  void chineseWhispersSeparatesComponents() {
    int[] edges = {0, 1, 1, 2, 0, 2, 3, 4};
    int[] labels = ChineseWhispers.labels(6, edges, 0);
    assertThat(labels[0]).isEqualTo(labels[1]).isEqualTo(labels[2]);
    assertThat(labels[3]).isEqualTo(labels[4]);
    assertThat(Arrays.stream(labels).distinct().count()).isEqualTo(3);
    assertThat(ChineseWhispers.labels(6, edges, 5)).isEqualTo(ChineseWhispers.labels(6, edges, 5));
    assertThat(ChineseWhispers.labels(0, new int[0], 0)).isEmpty();
    assertThatThrownBy(() -> ChineseWhispers.labels(2, new int[] {0, 2}, 0))
        .isInstanceOf(DlibException.class)
        .hasMessageContaining("edge 0 - 2 is not among 2 nodes");
  }
}
