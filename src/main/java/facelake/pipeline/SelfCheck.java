package facelake.pipeline;

import facelake.Sha256;
import facelake.UserError;
import facelake.dlib.ChipNetwork;
import facelake.net.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;

/**
 * Makes sure that this machine computes the embeddings that others compute: it embeds the {@link
 * TestChip} in batches of each size and compares with what dlib's own code gave for the same model
 * file.
 */
final class SelfCheck {
  /** The recorded vectors: the model's sha256, then its numbers. */
  private static final String RECORDED = "self-check.properties";

  /** Enough for one batch of each size that is compiled. */
  private static final int CHIPS = 41;

  /** Of the vector's length; rounding alone stays a hundred times below it. */
  private static final double MOST_IN_FP32 = 5e-4;

  /** Of the vector's length; bfloat16 has 8 bits, and a network of 29 layers keeps about 7. */
  private static final double MOST_IN_BF16 = 0.02;

  private SelfCheck() {}

  /**
   * The distance between the embedding here and the recorded one; empty for a model without a
   * recorded one, such as a user's own.
   *
   * @param model the bytes of the embedder's file
   * @throws UserError if the distance is more than rounding explains
   */
  static OptionalDouble run(ChipNetwork embedder, String name, byte[] model, Precision precision) {
    Optional<float[]> recorded = recorded(Sha256.hex(model));
    if (recorded.isEmpty()) {
      return OptionalDouble.empty();
    }
    double distance = greatestDistance(embedder, recorded.get());
    double length = distance(recorded.get(), new float[recorded.get().length]);
    double most = length * (precision == Precision.BF16 ? MOST_IN_BF16 : MOST_IN_FP32);
    if (!(distance <= most)) {
      throw new UserError(
          "the self-check failed on %s: %s embeds the test chip %.4f away from the recorded vector,"
              + " more than the %.4f that rounding explains; its faces would not be comparable with"
              + " those of other machines. Try --engine dlib or --precision fp32, or leave this"
              + " machine out",
          host(), name, distance, most);
    }
    return OptionalDouble.of(distance);
  }

  private static double greatestDistance(ChipNetwork embedder, float[] recorded) {
    byte[] chip = TestChip.rgb();
    byte[] chips = new byte[CHIPS * chip.length];
    for (int i = 0; i < CHIPS; i++) {
      System.arraycopy(chip, 0, chips, i * chip.length, chip.length);
    }
    float[] found = embedder.forward(chips, CHIPS);
    double greatest = 0;
    for (int i = 0; i < CHIPS; i++) {
      int length = embedder.outputs();
      float[] one = Arrays.copyOfRange(found, i * length, (i + 1) * length);
      greatest = Math.max(greatest, distance(one, recorded)); // and stays no number where it is
    }
    return greatest;
  }

  private static Optional<float[]> recorded(String sha256) {
    Properties vectors = new Properties();
    try (InputStream in = SelfCheck.class.getResourceAsStream(RECORDED)) {
      vectors.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.ofNullable(vectors.getProperty(sha256)).map(SelfCheck::floats);
  }

  private static float[] floats(String text) {
    String[] words = text.strip().split(" ");
    float[] values = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      values[i] = Float.parseFloat(words[i]);
    }
    return values;
  }

  private static double distance(float[] a, float[] b) {
    double sum = a.length == b.length ? 0 : Double.NaN;
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      sum += Math.pow((double) a[i] - b[i], 2);
    }
    return Math.sqrt(sum);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this machine";
    }
  }
}
