package facelake.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facelake.TestData;
import facelake.dlib.Architecture;
import facelake.dlib.DlibNetwork;
import facelake.dlib.FaceChips;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** dlib's networks on oneDNN against dlib's own code, over chips of real faces. */
class OnednnNetworkIT {
  private record Both(DlibNetwork dlib, OnednnNetwork onednn) implements AutoCloseable {
    static Both load(Architecture architecture, String model, Precision precision) {
      DlibNetwork dlib = DlibNetwork.load(architecture, model, TestData.modelOrSkip(model).bytes());
      return new Both(dlib, OnednnNetwork.of(dlib, precision));
    }

    @Override
    public void close() {
      onednn.close();
      dlib.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RESNET_FACE, resnet-v1",
    "DENSENET_FACE, densenet-v1",
    "GENDER_CNN, gender-v1",
    "IMAGENET_RESNET34, imagenet-resnet34"
  })
  void agreesWithDlib(Architecture architecture, String model) throws Exception {
    try (Both networks = Both.load(architecture, model, Precision.FP32)) {
      byte[] chips = RealChips.cut(networks.dlib().inputSize(), FaceChips.RECOGNITION_PADDING);
      float[] expected = networks.dlib().forward(chips, RealChips.COUNT);
      float[] found = networks.onednn().forward(chips, RealChips.COUNT);

      assertThat(greatestDifference(found, expected)).isLessThan(1e-4);
      int outputs = networks.dlib().outputs();
      for (int chip = 0; chip < RealChips.COUNT; chip++) {
        assertThat(largest(found, chip, outputs)).isEqualTo(largest(expected, chip, outputs));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"RESNET_FACE, resnet-v1", "DENSENET_FACE, densenet-v1", "GENDER_CNN, gender-v1"})
  void whatAChipGivesDoesNotDependOnItsBatch(Architecture architecture, String model)
      throws Exception {
    for (Precision precision : Precision.values()) {
      if (precision == Precision.BF16 && !Onednn.hasBf16()) {
        continue;
      }
      try (Both networks = Both.load(architecture, model, precision)) {
        int size = networks.dlib().inputSize();
        byte[] faces = RealChips.cut(size, FaceChips.RECOGNITION_PADDING);
        byte[] chips = Arrays.copyOf(faces, faces.length * 41 / RealChips.COUNT);
        System.arraycopy(faces, 0, chips, faces.length, chips.length - faces.length);
        float[] together = networks.onednn().forward(chips, 41); // 32 and 8 and 1
        int outputs = networks.onednn().outputs();
        int chip = size * size * 3;
        for (int i = 0; i < 41; i++) {
          byte[] one = Arrays.copyOfRange(chips, i * chip, (i + 1) * chip);
          assertThat(networks.onednn().forward(one, 1))
              .as("chip %d in %s", i, precision)
              .isEqualTo(Arrays.copyOfRange(together, i * outputs, (i + 1) * outputs));
        }
      }
    }
  }

  @Test
  void bf16StaysNear() throws Exception {
    assumeTrue(Onednn.hasBf16(), "this processor has no instructions for bf16");
    try (Both networks = Both.load(Architecture.RESNET_FACE, "resnet-v1", Precision.BF16)) {
      byte[] chips = RealChips.cut(150, FaceChips.RECOGNITION_PADDING);
      float[] exact = networks.dlib().forward(chips, RealChips.COUNT);
      float[] rounded = networks.onednn().forward(chips, RealChips.COUNT);
      for (int face = 0; face < RealChips.COUNT; face++) {
        assertThat(distance(exact, rounded, face)).isBetween(1e-6, 0.05);
      }
    }
  }

  @Test
  void copiesShareWeightsAndAreIndependent() {
    try (Both networks = Both.load(Architecture.RESNET_FACE, "resnet-v1", Precision.FP32)) {
      byte[] chip = new byte[150 * 150 * 3];
      float[] expected = networks.onednn().forward(chip, 1);
      try (OnednnNetwork copy = networks.onednn().copy()) {
        assertThat(copy.forward(chip, 1)).isEqualTo(expected);
      }
      assertThat(networks.onednn().forward(chip, 1)).isEqualTo(expected);
    }
  }

  @Test
  void useAfterCloseSaysSo() {
    byte[] model = TestData.model("resnet-v1").bytes();
    byte[] chip = new byte[150 * 150 * 3];
    try (DlibNetwork dlib = DlibNetwork.load(Architecture.RESNET_FACE, "resnet-v1", model)) {
      OnednnNetwork network = OnednnNetwork.of(dlib, Precision.FP32);
      OnednnNetwork copy = network.copy();
      network.close();
      network.close();

      for (OnednnNetwork closed : List.of(network, copy)) {
        assertThatThrownBy(() -> closed.forward(chip, 1))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("a forward pass: the network was closed before");
        assertThatThrownBy(closed::copy)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("a copy: the network was closed before");
        closed.close();
      }
    }
  }

  @Test
  void chipsOfAnotherSizeAreRefused() {
    try (Both networks = Both.load(Architecture.RESNET_FACE, "resnet-v1", Precision.FP32)) {
      assertThatThrownBy(() -> networks.onednn().forward(new byte[10], 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("1 chips of 150 pixels a side have 67500 bytes, not 10");
    }
  }

  private static double greatestDifference(float[] a, float[] b) {
    double greatest = 0;
    for (int i = 0; i < b.length; i++) {
      greatest = Math.max(greatest, Math.abs(a[i] - b[i]));
    }
    return greatest;
  }

  private static double distance(float[] a, float[] b, int face) {
    double sum = 0;
    for (int i = face * 128; i < (face + 1) * 128; i++) {
      sum += Math.pow(a[i] - b[i], 2);
    }
    return Math.sqrt(sum);
  }

  private static int largest(float[] values, int chip, int outputs) {
    int best = 0;
    for (int i = 0; i < outputs; i++) {
      if (values[chip * outputs + i] > values[chip * outputs + best]) {
        best = i;
      }
    }
    return best;
  }
}
