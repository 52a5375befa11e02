package facelake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.net.Precision;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final Map<String, String> MODELS = Map.of("resnet-v1", "aa", "landmarks-5", "bb");

  @Test
  void isTheSameForTheSameAndSixteenHexDigits() {
    Map<String, String> otherOrder = new LinkedHashMap<>();
    otherOrder.put("resnet-v1", "aa");
    otherOrder.put("landmarks-5", "bb");
    String fingerprint = Fingerprint.of(PipelineOptions.defaults(), MODELS);
    assertThat(fingerprint).matches("[0-9a-f]{16}");
    assertThat(Fingerprint.of(PipelineOptions.defaults(), otherOrder)).isEqualTo(fingerprint);
  }

  @Test
  void differsByOptionAndByModelFile() {
    String fingerprint = Fingerprint.of(PipelineOptions.defaults(), MODELS);
    assertThat(
            Fingerprint.of(
                PipelineOptions.builder().genderModel(GenderModel.GENDER_V1).build(), MODELS))
        .isNotEqualTo(fingerprint);
    assertThat(Fingerprint.of(PipelineOptions.builder().precision(Precision.BF16).build(), MODELS))
        .isNotEqualTo(fingerprint);
    assertThat(Fingerprint.of(PipelineOptions.builder().jitter(new Jitter(10, 0)).build(), MODELS))
        .isNotEqualTo(fingerprint);
    assertThat(
            Fingerprint.of(
                PipelineOptions.defaults(), Map.of("resnet-v1", "cc", "landmarks-5", "bb")))
        .isNotEqualTo(fingerprint);
  }
}
