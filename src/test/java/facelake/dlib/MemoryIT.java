package facelake.dlib;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestData;
import facelake.image.ImageDecoder;
import facelake.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Native memory does not grow with the number of images. Takes some minutes. */
class MemoryIT {
  private static final int CALLS = 20_000;
  private static final int WARM_UP = 2_000;
  private static final long MOST_GROWTH_KIB = 20 * 1024;

  @Test
  void residentMemoryStaysFlat() throws Exception {
    byte[] file = Files.readAllBytes(TestData.dlibExamples().resolve("faces/bald_guys.jpg"));
    // About as small as dlib's detector still finds faces in, so that there is time for many calls.
    RgbImage image = new ImageDecoder(100_000_000).decode(file).image().shrunkTo(800);
    long warm = 0;
    try (HogDetector detector = HogDetector.open();
        LandmarkPredictor predictor =
            LandmarkPredictor.load("landmarks-5", TestData.model("landmarks-5").bytes());
        DlibNetwork network =
            DlibNetwork.load(
                Architecture.RESNET_FACE, "resnet-v1", TestData.model("resnet-v1").bytes())) {
      RgbImage face = faceOf(image, detector);
      for (int call = 1; call <= CALLS; call++) {
        embed(face, detector, predictor, network);
        if (call == WARM_UP) {
          warm = residentKib();
        }
        if (call % WARM_UP == 0) {
          System.out.printf("%,7d calls: %,d KiB resident%n", call, residentKib());
        }
      }
    }
    assertThat(residentKib() - warm).isLessThan(MOST_GROWTH_KIB);
  }

  /** The best face of the picture with some room around it. */
  private static RgbImage faceOf(RgbImage image, HogDetector detector) {
    Box box;
    try (Picture picture = Picture.of(image)) {
      box = detector.detect(picture, 0, 0).get(0).box();
    }
    int margin = box.width() / 4;
    Box around =
        new Box(
                box.left() - margin,
                box.top() - margin,
                box.right() + margin,
                box.bottom() + margin)
            .clippedTo(image.width(), image.height());
    byte[] rgb = new byte[around.width() * around.height() * 3];
    for (int y = 0; y < around.height(); y++) {
      int from = ((around.top() + y) * image.width() + around.left()) * 3;
      System.arraycopy(image.rgb(), from, rgb, y * around.width() * 3, around.width() * 3);
    }
    return new RgbImage(rgb, around.width(), around.height());
  }

  private static void embed(
      RgbImage image, HogDetector detector, LandmarkPredictor predictor, DlibNetwork network) {
    try (Picture picture = Picture.of(image)) {
      List<Detection> detections = detector.detect(picture, 0, 0);
      assertThat(detections).hasSize(1);
      Landmarks landmarks = predictor.predict(picture, detections.get(0).box());
      network.forward(FaceChips.cut(picture, landmarks, 150, 0.25), 1);
    }
  }

  /** Resident set of this process (Linux), after the heap's own growth was forced to settle. */
  private static long residentKib() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
