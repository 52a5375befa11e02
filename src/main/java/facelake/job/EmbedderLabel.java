package facelake.job;

import facelake.UserError;
import facelake.model.VerifiedModel;
import facelake.net.Precision;
import facelake.pipeline.Embedder;
import facelake.pipeline.Jitter;
import facelake.pipeline.PipelineOptions;
import java.util.List;

/**
 * What stands beside each embedding and says which others it can be compared with: {@code
 * resnet-v1:55533b28a958}, and what else shapes it.
 */
final class EmbedderLabel {
  /** Hex digits of a model's hash. */
  private static final int SHORT_HASH = 12;

  private static final String JITTER = ":jitter ";

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

  /** Whether embeddings are of an embedder and of the chips as they are, in whatever precision. */
  static boolean isPlain(String label, Embedder embedder) {
    return name(label).equals(embedder.toString()) && !label.contains(JITTER);
  }

  /**
   * Makes sure that embeddings that options would make can be compared with those of a lake.
   *
   * @param found the label of those of the lake
   * @param whose they are, in words
   * @throws UserError when they cannot, with the options that would
   */
  static void requireSame(
      String found, String whose, PipelineOptions pipeline, List<VerifiedModel> models) {
    String made = of(pipeline, models);
    if (!made.equals(found)) {
      throw new UserError(
          "%s have embeddings of %s, and these options make embeddings of %s, which cannot be compared"
              + " with them; give the options that they were indexed with: %s",
          whose, found, made, options(found));
    }
  }

  private static String of(PipelineOptions pipeline, List<VerifiedModel> models) {
    return of(
        pipeline,
        models.stream()
            .filter(model -> model.spec().name().equals(pipeline.embedder().toString()))
            .findFirst()
            .orElseThrow()
            .sha256());
  }

  private static String options(String label) {
    String[] parts = label.split(":");
    StringBuilder options = new StringBuilder("--embedder " + parts[0]);
    for (int i = 2; i < parts.length; i++) {
      options.append(parts[i].startsWith("jitter ") ? " --" : " --precision ").append(parts[i]);
    }
    return options.toString();
  }

  /** Rounded embeddings are near exact ones, but not the same: they count as another model's. */
  private static String rounding(Precision precision) {
    return precision == Precision.FP32 ? "" : ":" + precision;
  }

  /** The mean of several chips is not what one of them gives. */
  private static String jitter(Jitter jitter) {
    return jitter.equals(Jitter.NONE) ? "" : JITTER + jitter;
  }
}
