package facelake.net;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.LfwPhotos;
import facelake.TestData;
import facelake.dlib.Architecture;
import facelake.dlib.Detection;
import facelake.dlib.DlibNetwork;
import facelake.dlib.FaceChips;
import facelake.dlib.HogDetector;
import facelake.dlib.LandmarkPredictor;
import facelake.dlib.Picture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** oneDNN against dlib's own code on a thousand faces of LFW. */
class LfwChipsIT {
  private static final int CHIPS = 1000;
  private static final double TOLERANCE = 1e-4;

  /** Seen over 7,701 faces: 0.011 at most, 0.007 in the mean. */
  private static final double MOST_IN_BF16 = 0.02;

  @Test
  void agree() throws Exception {
    byte[] model = TestData.model("resnet-v1").bytes();
    double greatest = 0;
    double farthest = 0;
    double sum = 0;
    int chips = 0;
    boolean rounding = Onednn.hasBf16();
    try (HogDetector detector = HogDetector.open();
        LandmarkPredictor landmarks =
            LandmarkPredictor.load("landmarks-5", TestData.model("landmarks-5").bytes());
        DlibNetwork dlib = DlibNetwork.load(Architecture.RESNET_FACE, "resnet-v1", model);
        OnednnNetwork exact = OnednnNetwork.of(dlib, Precision.FP32);
        OnednnNetwork rounded = OnednnNetwork.of(dlib, rounding ? Precision.BF16 : Precision.FP32);
        LfwPhotos photos = LfwPhotos.openOrSkip()) {
      while (chips < CHIPS) {
        try (Picture picture = Picture.of(photos.next())) {
          List<Detection> faces = detector.detect(picture, 0, 0);
          if (faces.isEmpty()) {
            continue;
          }
          byte[] chip =
              FaceChips.cut(
                  picture,
                  landmarks.predict(picture, faces.get(0).box()),
                  exact.inputSize(),
                  FaceChips.RECOGNITION_PADDING);
          float[] expected = dlib.forward(chip, 1);
          float[] found = exact.forward(chip, 1);
          float[] near = rounded.forward(chip, 1);
          double squares = 0;
          for (int i = 0; i < expected.length; i++) {
            greatest = Math.max(greatest, Math.abs(expected[i] - found[i]));
            squares += Math.pow(found[i] - near[i], 2);
          }
          farthest = Math.max(farthest, Math.sqrt(squares));
          sum += Math.sqrt(squares);
          chips++;
        }
      }
    }
    System.out.printf(
        "%d chips: fp32 differs from dlib by %.1e at most; bf16 is %.4f from fp32 in the mean, %.4f"
            + " at most%n",
        chips, greatest, sum / chips, farthest);
    assertThat(greatest).isLessThan(TOLERANCE);
    assertThat(farthest).isLessThan(MOST_IN_BF16);
  }
}
