package facelake.pipeline;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import facelake.UserError;
import java.io.IOException;
import java.util.Arrays;

/**
 * A linear gender classifier on embeddings: the probability of male is the logistic function of a
 * weighted sum. It is bound to the embedder whose embeddings it was trained on.
 *
 * <p>Its file is JSON; what stands there beside these values tells how it was trained.
 *
 * @param embedder name of the embedder
 * @param embedderSha256 of the embedder's file
 * @param unknownFrom probabilities from here to {@code unknownTo} are no answer
 * @param unknownTo at most 1
 * @param bias added to the sum
 * @param weights one for each number of an embedding
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LinearGender(
    @JsonProperty(value = "embedder", required = true) String embedder,
    @JsonProperty(value = "embedder-sha256", required = true) String embedderSha256,
    @JsonProperty(value = "unknown-from", required = true) double unknownFrom,
    @JsonProperty(value = "unknown-to", required = true) double unknownTo,
    @JsonProperty(value = "bias", required = true) double bias,
    @JsonProperty(value = "weights", required = true) double[] weights) {

  /** Numbers of an embedding. */
  private static final int DIMENSIONS = 128;

  /**
   * Reads a classifier.
   *
   * @param name for messages
   * @throws UserError if the file is none
   */
  public static LinearGender parse(String name, byte[] json) {
    try {
      LinearGender read = JsonMapper.builder().build().readValue(json, LinearGender.class);
      if (read == null || read.embedder == null || read.embedderSha256 == null) {
        throw new UserError(
            "%s does not say which embedder it is for; make one with: jobs/facelake train gender",
            name);
      }
      read.requireSound(name);
      return read;
    } catch (IOException e) {
      throw new UserError(
          e,
          "%s is no linear gender classifier (%s); make one with: jobs/facelake train gender",
          name,
          e.getMessage().lines().findFirst().orElse(""));
    }
  }

  private void requireSound(String name) {
    if (weights == null || weights.length != DIMENSIONS) {
      throw new UserError(
          "%s has %d weights; embeddings have %d numbers",
          name, weights == null ? 0 : weights.length, DIMENSIONS);
    }
    if (!Double.isFinite(bias) || !Arrays.stream(weights).allMatch(Double::isFinite)) {
      throw new UserError("%s has weights that are no numbers", name);
    }
    if (!(0 <= unknownFrom && unknownFrom <= unknownTo && unknownTo <= 1)) {
      throw new UserError(
          "%s gives no answer from %s to %s; probabilities go from 0 to 1",
          name, unknownFrom, unknownTo);
    }
  }

  /**
   * Makes sure that embeddings are those that this was trained on.
   *
   * @param name of this classifier, for messages
   * @param asked the embedder of the embeddings
   * @param sha256 of its file
   * @throws UserError if they are not
   */
  void requireEmbedder(String name, Embedder asked, String sha256) {
    if (!embedderSha256.equals(sha256)) {
      throw new UserError(
          "%s was trained on embeddings of %s (sha256 %s), and these are of %s (sha256 %s); take"
              + " --embedder %s, another --gender, or train one: jobs/facelake train gender --help",
          name, embedder, embedderSha256, asked, sha256, embedder);
    }
  }

  /** What this says of a face. */
  Gender classify(float[] embedding) {
    float probability = (float) maleProbability(embedding);
    return new Gender(probability, label(probability, unknownFrom, unknownTo));
  }

  /** The answer to a probability of male, between whose bounds there is none. */
  public static Gender.Label label(double probability, double unknownFrom, double unknownTo) {
    if (probability < unknownFrom) {
      return Gender.Label.FEMALE;
    }
    return probability > unknownTo ? Gender.Label.MALE : Gender.Label.UNKNOWN;
  }

  private double maleProbability(float[] embedding) {
    double sum = bias;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * embedding[i];
    }
    return 1 / (1 + Math.exp(-sum));
  }
}
