package facelake.dlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import facelake.Golden;
import facelake.TestData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Agreement with dlib's own C++ over real photos: boxes and landmarks exactly, numbers within 1e-4.
 * The expected values were written by a C++ program with dlib's detectors, shape predictor and
 * networks, from pixels that libjpeg and libpng decoded; facelake decodes the same files itself.
 */
class GoldenIT {
  private static final double TOLERANCE = 1e-4;

  private static HogDetector hog;
  private static MmodDetector mmod;
  private static LandmarkPredictor landmarks;
  private static DlibNetwork embedder;
  private static DlibNetwork gender;

  @BeforeAll
  static void load() {
    TestData.sharedOrSkip("golden");
    hog = HogDetector.open();
    mmod = MmodDetector.load("mmod", TestData.model("mmod").bytes());
    landmarks = LandmarkPredictor.load("landmarks-5", TestData.model("landmarks-5").bytes());
    embedder = network(Architecture.RESNET_FACE, "resnet-v1");
    gender = network(Architecture.GENDER_CNN, "gender-v1");
  }

  private static DlibNetwork network(Architecture architecture, String name) {
    return DlibNetwork.load(architecture, name, TestData.modelOrSkip(name).bytes());
  }

  @AfterAll
  static void close() {
    Stream.of(hog, mmod, landmarks, embedder, gender)
        .filter(opened -> opened != null)
        .forEach(GoldenIT::close);
  }

  private static void close(AutoCloseable opened) {
    try {
      opened.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Golden> hogPhotos() {
    return Golden.hog();
  }

  static List<Golden> mmodPhotos() {
    return Golden.mmod();
  }

  @ParameterizedTest
  @MethodSource("hogPhotos")
  void hogAgrees(Golden expected) throws Exception {
    check(hog, expected);
  }

  @ParameterizedTest
  @MethodSource("mmodPhotos")
  void mmodAgrees(Golden expected) throws Exception {
    check(mmod, expected);
  }

  private static void check(FaceDetector detector, Golden expected) throws Exception {
    try (Picture picture = Picture.of(expected.decoded())) {
      List<Detection> detections = detector.detect(picture, 0, 0);
      assertThat(detections).hasSize(expected.faces().size());
      for (int i = 0; i < detections.size(); i++) {
        checkFace(picture, detections.get(i), expected.faces().get(i));
      }
    }
  }

  private static void checkFace(Picture picture, Detection detection, JsonNode expected) {
    assertThat(detection.box().corners()).containsExactly(Golden.ints(expected.get("box")));
    assertThat((double) detection.score())
        .isCloseTo(expected.get("score").asDouble(), within(TOLERANCE));

    Landmarks points = landmarks.predict(picture, detection.box());
    List<Integer> xy = new ArrayList<>();
    expected.get("landmarks").forEach(point -> point.forEach(number -> xy.add(number.asInt())));
    assertThat(points.xy()).containsExactly(xy.stream().mapToInt(Integer::intValue).toArray());

    byte[] chip = FaceChips.cut(picture, points, 150, FaceChips.RECOGNITION_PADDING);
    float[] embedding = embedder.forward(chip, 1);
    JsonNode wanted = expected.get("embedding");
    assertThat(embedding).hasSize(wanted.size());
    for (int i = 0; i < embedding.length; i++) {
      assertThat((double) embedding[i]).isCloseTo(wanted.get(i).asDouble(), within(TOLERANCE));
    }

    byte[] small = FaceChips.cut(picture, points, 32, FaceChips.DEFAULT_PADDING);
    assertThat((double) gender.forward(small, 1)[1])
        .isCloseTo(expected.get("male").asDouble(), within(TOLERANCE));
  }
}
