package facelake.dlib;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.ResidentMemory;
import facelake.TestData;
import facelake.TestJvm;
import facelake.image.ImageDecoder;
import facelake.image.RgbImage;
import facelake.net.Precision;
import facelake.pipeline.Engine;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Native memory does not grow with the number of images. Takes some minutes. The calls run in a JVM
 * of their own whose whole heap is resident from the start, so that what grows is native.
 */
class MemoryIT {
  private static final int READINGS = 10;
  private static final long MOST_GROWTH_KIB = 20 * 1024;

  /** dlib's own code takes five times as long; its calls are those of the other engine as well. */
  @ParameterizedTest
  @CsvSource({"ONEDNN, 20000", "DLIB, 4000"})
  void residentMemoryStaysFlat(String engine, int calls) throws Exception {
    Process process =
        TestJvm.start(
            MemoryIT.class,
            List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"),
            engine,
            String.valueOf(calls));
    List<Long> resident = new ArrayList<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(line);
        if (line.startsWith("KiB resident: ")) {
          resident.add(Long.parseLong(line.replaceAll("\\D", "")));
        }
      }
    }
    assertThat(process.waitFor()).isZero();
    assertThat(resident).hasSize(READINGS);
    assertThat(resident.get(resident.size() - 1) - resident.get(0)).isLessThan(MOST_GROWTH_KIB);
  }

  /** Detects and embeds; prints the resident memory {@link #READINGS} times. */
  public static void main(String[] arguments) throws Exception {
    Engine engine = Engine.valueOf(arguments[0]);
    int calls = Integer.parseInt(arguments[1]);
    byte[] file = Files.readAllBytes(TestData.dlibExamples().resolve("faces/bald_guys.jpg"));
    // About as small as dlib's detector still finds faces in, so that there is time for many calls.
    RgbImage image = new ImageDecoder(100_000_000).decode(file).image().shrunkTo(800);
    try (FaceDetector detector = engine.hog();
        LandmarkPredictor predictor =
            LandmarkPredictor.load("landmarks-5", TestData.model("landmarks-5").bytes());
        ChipNetwork network =
            engine.network(
                Architecture.RESNET_FACE,
                "resnet-v1",
                TestData.model("resnet-v1").bytes(),
                Precision.FP32)) {
      RgbImage face = faceOf(image, detector);
      for (int call = 1; call <= calls; call++) {
        embed(face, detector, predictor, network);
        if (call % (calls / READINGS) == 0) {
          System.out.println("KiB resident: " + ResidentMemory.kib());
        }
      }
    }
  }

  /** The best face of the picture with some room around it. */
  private static RgbImage faceOf(RgbImage image, FaceDetector detector) {
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
      RgbImage image, FaceDetector detector, LandmarkPredictor predictor, ChipNetwork network) {
    try (Picture picture = Picture.of(image)) {
      List<Detection> detections = detector.detect(picture, 0, 0);
      assertThat(detections).hasSize(1);
      Landmarks landmarks = predictor.predict(picture, detections.get(0).box());
      network.forward(FaceChips.cut(picture, landmarks, 150, 0.25), 1);
    }
  }
}
