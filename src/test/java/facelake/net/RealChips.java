package facelake.net;

import facelake.TestData;
import facelake.dlib.Detection;
import facelake.dlib.FaceChips;
import facelake.dlib.HogDetector;
import facelake.dlib.LandmarkPredictor;
import facelake.dlib.Picture;
import facelake.image.ImageDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Chips of real faces: those of dlib's example photo bald_guys.jpg. */
final class RealChips {
  static final int COUNT = 24;

  private RealChips() {}

  /** The chips of all 24 faces, one after the other. */
  static byte[] cut(int size, double padding) throws IOException {
    Path file = TestData.dlibExamples().resolve("faces/bald_guys.jpg");
    ByteArrayOutputStream chips = new ByteArrayOutputStream();
    try (HogDetector detector = HogDetector.open();
        LandmarkPredictor landmarks =
            LandmarkPredictor.load("landmarks-5", TestData.model("landmarks-5").bytes());
        Picture picture =
            Picture.of(new ImageDecoder(100_000_000).decode(Files.readAllBytes(file)).image())) {
      for (Detection found : detector.detect(picture, 0, 0)) {
        chips.write(FaceChips.cut(picture, landmarks.predict(picture, found.box()), size, padding));
      }
    } catch (facelake.image.ImageFailure e) {
      throw new IOException(e);
    }
    return chips.toByteArray();
  }
}
