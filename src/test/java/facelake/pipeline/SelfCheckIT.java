package facelake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facelake.TestData;
import facelake.UserError;
import facelake.dlib.ChipNetwork;
import facelake.net.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each executor does before it works: embed a drawn chip and compare. */
class SelfCheckIT {
  @ParameterizedTest
  @CsvSource({
    "RESNET_V1, ONEDNN, FP32, 1e-4",
    "RESNET_V1, DLIB, FP32, 1e-4",
    "RESNET_V1, ONEDNN, BF16, 0.02",
    "DENSENET_V1, ONEDNN, FP32, 1e-3",
    "DENSENET_V1, ONEDNN, BF16, 0.2"
  })
  void passesHere(Embedder embedder, Engine engine, Precision precision, double most) {
    assumeTrue(
        precision == Precision.FP32 || Precision.fastest() == Precision.BF16,
        "this processor has no instructions for bf16");
    byte[] model = TestData.modelOrSkip(embedder.toString()).bytes();
    try (ChipNetwork network = load(embedder, engine, precision, model)) {
      assertThat(SelfCheck.run(network, embedder.toString(), model, precision).getAsDouble())
          .isLessThan(most);
    }
  }

  @Test
  void refusesAMachineThatComputesSomethingElse() {
    byte[] model = TestData.model("resnet-v1").bytes();
    try (ChipNetwork right = load(Embedder.RESNET_V1, Engine.ONEDNN, Precision.FP32, model)) {
      assertThatThrownBy(
              () -> SelfCheck.run(new Shifted(right), "resnet-v1", model, Precision.FP32))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("resnet-v1 embeds the test chip 0.1131 away")
          .hasMessageContaining("--engine dlib");
    }
  }

  @Test
  void aModelWithoutARecordedVectorIsNotChecked() {
    byte[] model = TestData.model("resnet-v1").bytes();
    try (ChipNetwork network = load(Embedder.RESNET_V1, Engine.ONEDNN, Precision.FP32, model)) {
      assertThat(SelfCheck.run(network, "mine", new byte[] {1}, Precision.FP32)).isEmpty();
    }
  }

  private static ChipNetwork load(
      Embedder embedder, Engine engine, Precision precision, byte[] model) {
    return engine.network(embedder.architecture(), embedder.toString(), model, precision);
  }

  /** Every number is off by a hundredth. */
  private record Shifted(ChipNetwork right) implements ChipNetwork {
    @Override
    public int inputSize() {
      return right.inputSize();
    }

    @Override
    public int outputs() {
      return right.outputs();
    }

    @Override
    public float[] forward(byte[] chips, int count) {
      float[] numbers = right.forward(chips, count);
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] += 0.01f;
      }
      return numbers;
    }

    @Override
    public ChipNetwork copy() {
      return new Shifted(right.copy());
    }

    @Override
    public void close() {
      right.close();
    }
  }
}
