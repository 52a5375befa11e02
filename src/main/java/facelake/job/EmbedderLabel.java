package facelake.job;

import facelake.net.Precision;
import facelake.pipeline.Jitter;
import facelake.pipeline.PipelineOptions;

/**
 * What stands beside each embedding and says which others it can be compared with: {@code
 * resnet-v1:55533b28a958}, and what else shapes it.
 */
final class EmbedderLabel {
  /** Hex digits of a model's hash. */
  private static final int SHORT_HASH = 12;

  private EmbedderLabel() {}

  /**
   * The label of embeddings.
   *
   * @param sha256 of the embedder's file
   */
  static String of(PipelineOptions pipeline, String sha256) {
    return pipeline.embedder()
        + ":"
        + sha256.substring(0, SHORT_HASH)
        + rounding(pipeline.precision())
        + jitter(pipeline.jitter());
  }

  /** The name of the embedder of such embeddings. */
  static String name(String label) {
    return label.split(":", 2)[0];
  }

  /** Whether such embeddings were made by the file with this hash. */
  static boolean isOf(String label, String sha256) {
    return label.startsWith(name(label) + ":" + sha256.substring(0, SHORT_HASH));
  }

  /** Rounded embeddings are near exact ones, but not the same: they count as another model's. */
  private static String rounding(Precision precision) {
    return precision == Precision.FP32 ? "" : ":" + precision;
  }

  /** The mean of several chips is not what one of them gives. */
  private static String jitter(Jitter jitter) {
    return jitter.equals(Jitter.NONE) ? "" : ":jitter " + jitter;
  }
}
