package facelake.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import facelake.Golden;
import facelake.TestData;
import facelake.dlib.Box;
import facelake.dlib.Detection;
import facelake.dlib.MmodDetector;
import facelake.dlib.Picture;
import facelake.image.ImageDecoder;
import facelake.image.RgbImage;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The CNN face detector on oneDNN against dlib's own. */
class OnednnMmodDetectorIT {
  private static final double SCORE_TOLERANCE = 1e-3;

  private static OnednnMmodDetector detector;

  @BeforeAll
  static void load() {
    detector = detector(Precision.FP32);
  }

  @AfterAll
  static void close() {
    detector.close();
  }

  private static MmodDetector dlib() {
    return MmodDetector.load("mmod", TestData.model("mmod").bytes());
  }

  private static OnednnMmodDetector detector(Precision precision) {
    return OnednnMmodDetector.of(dlib(), precision);
  }

  static List<Golden> photos() {
    return Golden.mmod();
  }

  @ParameterizedTest
  @MethodSource("photos")
  void findsTheSameBoxesInRealPhotos(Golden expected) throws Exception {
    try (Picture picture = Picture.of(expected.decoded())) {
      List<Detection> found = detector.detect(picture, 0, 0);

      assertThat(found).hasSize(expected.faces().size());
      for (JsonNode face : expected.faces()) {
        // Equal but for rounding, scores may come in another order.
        Box box = Golden.box(face);
        assertThat(found)
            .anySatisfy(
                detection -> {
                  assertThat(detection.box()).isEqualTo(box);
                  assertThat((double) detection.score())
                      .isCloseTo(face.get("score").asDouble(), within(SCORE_TOLERANCE));
                });
      }
    }
  }

  @ParameterizedTest
  @MethodSource("photos")
  void findsTheSameFacesInBf16(Golden expected) throws Exception {
    assumeTrue(Onednn.hasBf16(), "this processor has no instructions for bf16");
    try (OnednnMmodDetector rounded = detector(Precision.BF16);
        Picture picture = Picture.of(expected.decoded())) {
      List<Detection> found = rounded.detect(picture, 0, 0);

      assertThat(found).hasSize(expected.faces().size());
      for (JsonNode face : expected.faces()) {
        Box box = Golden.box(face);
        assertThat(found)
            .anySatisfy(
                detection -> {
                  // Where two places of the grid score alike within rounding, the other one may
                  // win.
                  assertThat(detection.box().overlap(box)).isGreaterThanOrEqualTo(0.65);
                  assertThat((double) detection.score())
                      .isCloseTo(face.get("score").asDouble(), within(0.02));
                });
      }
    }
  }

  @Test
  void mostBoxesAreTheSameInBf16() throws Exception {
    assumeTrue(Onednn.hasBf16(), "this processor has no instructions for bf16");
    List<Double> overlaps = new ArrayList<>();
    try (OnednnMmodDetector rounded = detector(Precision.BF16)) {
      for (Golden expected : photos()) {
        try (Picture picture = Picture.of(expected.decoded())) {
          List<Detection> found = rounded.detect(picture, 0, 0);
          for (JsonNode face : expected.faces()) {
            Box box = Golden.box(face);
            overlaps.add(
                found.stream().mapToDouble(other -> other.box().overlap(box)).max().orElse(0));
          }
        }
      }
    }
    assertThat(overlaps)
        .filteredOn(overlap -> overlap >= 0.9)
        .hasSizeGreaterThan(overlaps.size() * 17 / 20);
  }

  /** Sizes on both sides of the steps of canvases, and pictures too small for one strip. */
  @ParameterizedTest
  @ValueSource(ints = {30, 61, 255, 256, 257, 300, 389})
  void theCanvasMakesNoDifference(int longerSide) throws Exception {
    RgbImage photo =
        new ImageDecoder(100_000_000)
            .decode(Files.readAllBytes(TestData.dlibExamples().resolve("faces/2008_002506.jpg")))
            .image();
    try (MmodDetector reference = dlib();
        Picture picture = Picture.of(photo.shrunkTo(longerSide))) {
      List<Detection> expected = reference.detect(picture, 0, -0.5);
      List<Detection> found = detector.detect(picture, 0, -0.5);

      assertThat(found)
          .extracting(Detection::box)
          .isEqualTo(expected.stream().map(Detection::box).toList());
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-4f));
      }
    }
  }

  /** dlib itself would write outside its memory for some, and end the process for others. */
  @Test
  void picturesOfAFewPixelsHaveNoFace() {
    try (MmodDetector reference = dlib()) {
      for (int height = 1; height < 10; height++) {
        for (int width = 1; width < 10; width++) {
          RgbImage image = new RgbImage(new byte[width * height * 3], width, height);
          try (Picture picture = Picture.of(image)) {
            assertThat(detector.detect(picture, 0, -0.5)).isEmpty();
            assertThat(reference.detect(picture, 0, -0.5)).isEmpty();
          }
        }
      }
    }
  }

  @Test
  void whatAPictureGivesDoesNotDependOnThoseBefore() throws Exception {
    RgbImage photo =
        new ImageDecoder(100_000_000)
            .decode(Files.readAllBytes(TestData.dlibExamples().resolve("faces/2008_002506.jpg")))
            .image();
    try (Picture small = Picture.of(photo.shrunkTo(300));
        Picture large = Picture.of(photo.shrunkTo(310))) {
      List<Detection> first = detector.detect(small, 0, -0.5);
      detector.detect(large, 0, -0.5); // the same canvas, filled further
      assertThat(detector.detect(small, 0, -0.5)).isEqualTo(first);
    }
  }
}
