package facelake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import facelake.model.ModelStore;
import facelake.model.VerifiedModel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearGenderTest {
  private static final int LENGTH = 128;

  @ParameterizedTest
  @CsvSource({"-3, female", "-2.19, unknown", "0, unknown", "2.19, unknown", "3, male"})
  void answersWhereTheProbabilityIsBeyondItsBounds(float logOdds, String label) {
    float[] embedding = new float[LENGTH];
    embedding[0] = (logOdds - 0.5f) / 2;

    Gender gender = parse(file(LENGTH, 0.1, 0.9)).classify(embedding);

    assertThat(gender.label()).hasToString(label);
    assertThat((double) gender.maleProbability())
        .isCloseTo(1 / (1 + Math.exp(-logOdds)), Offset.offset(1e-6));
  }

  @Test
  void rejectsWhatIsNoClassifier() {
    assertRejected("{}", "mine.json is no linear gender classifier");
    assertRejected("not json", "make one with: jobs/facelake train gender");
    assertRejected(file(127, 0.1, 0.9), "mine.json has 127 weights; embeddings have 128 numbers");
    assertRejected(file(LENGTH, 0.9, 0.1), "gives no answer from 0.9 to 0.1");
  }

  @Test
  void isBoundToItsEmbedder() {
    assertThatThrownBy(
            () ->
                parse(file(LENGTH, 0.1, 0.9))
                    .requireEmbedder("mine.json", Embedder.DENSENET_V1, "c6a6"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "mine.json was trained on embeddings of resnet-v1 (sha256 5553), and these are of"
                + " densenet-v1 (sha256 c6a6); take --embedder resnet-v1, another --gender, or train"
                + " one: jobs/facelake train gender --help");
  }

  /** Without any file fetched. */
  @Test
  void facelakeCarriesOneForItsUsualEmbedder() {
    ModelStore store = ModelStore.fromEnvironment();
    VerifiedModel model = store.read("gender-linear-v1");

    LinearGender linear = LinearGender.parse("gender-linear-v1", model.bytes());

    assertThat(model.sha256()).isEqualTo(model.spec().sha256());
    assertThat((long) model.bytes().length).isEqualTo(model.spec().bytes());
    assertThat(linear.embedderSha256())
        .isEqualTo(store.manifest().spec(linear.embedder()).sha256());
    assertThat(GenderModel.defaultFor(Embedder.RESNET_V1)).hasToString(model.spec().name());
    assertThat(GenderModel.defaultFor(Embedder.DENSENET_V1)).isEqualTo(GenderModel.NONE);
  }

  private static void assertRejected(String json, String message) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  private static LinearGender parse(String json) {
    return LinearGender.parse("mine.json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** Log odds of one half and twice the first number. */
  private static String file(int weights, double from, double to) {
    List<String> values = Collections.nCopies(weights - 1, "0");
    return """
        {"embedder": "resnet-v1", "embedder-sha256": "5553", "unknown-from": %s, "unknown-to": %s,
         "bias": 0.5, "weights": [2, %s], "training": {"faces": 1}}
        """
        .formatted(from, to, String.join(",", values));
  }
}
