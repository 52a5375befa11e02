package facelake.pipeline;

import facelake.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The name of a pipeline: 16 hex digits of a SHA-256 over everything that shapes its results, which
 * are the options, the model files by their hashes, and the version of this code's own choices.
 */
public final class Fingerprint {
  /** Raised by hand whenever this code would give other faces for the same options and models. */
  private static final String CODE_VERSION = "2";

  private Fingerprint() {}

  /**
   * Names a pipeline.
   *
   * @param models sha256 of each model file, by the model's name
   */
  public static String of(PipelineOptions options, Map<String, String> models) {
    String described =
        "code="
            + CODE_VERSION
            + "\noptions="
            + options.described()
            + "\nmodels="
            + new TreeMap<>(models);
    return Sha256.hex(described.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }
}
