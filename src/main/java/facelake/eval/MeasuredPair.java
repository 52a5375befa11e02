package facelake.eval;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * A pair and what an embedder says of it.
 *
 * @param distance of the two embeddings
 */
public record MeasuredPair(VerificationPair pair, double distance) {
  boolean same() {
    return pair.same();
  }

  /** Whether a threshold rules rightly; a pair at exactly the threshold is ruled wrongly. */
  boolean isRight(double threshold) {
    return same() ? distance < threshold : distance > threshold;
  }

  /**
   * Writes pairs as CSV, with what a threshold makes of them; {@link DistancePairs} reads it.
   *
   * @param embedder as in {@code faces.embedder}
   */
  public static void write(List<MeasuredPair> pairs, String embedder, double threshold, Writer out)
      throws IOException {
    Csv.write(out, "embedder", "left", "right", "same", "fold", "distance", "right_at_threshold");
    for (MeasuredPair measured : pairs) {
      VerificationPair pair = measured.pair;
      Csv.write(
          out,
          embedder,
          pair.left(),
          pair.right(),
          pair.same() ? 1 : 0,
          pair.fold() + 1,
          measured.distance,
          measured.isRight(threshold) ? 1 : 0);
    }
  }
}
