package facelake.cli;

import facelake.UserError;
import facelake.net.Precision;
import facelake.pipeline.Engine;
import picocli.CommandLine.Option;

/** Whose code finds and describes faces, for every command that does. */
final class ComputeOptions {
  /** The values of {@code --precision}. */
  enum PrecisionChoice {
    AUTO,
    FP32,
    BF16
  }

  @Option(
      names = "--engine",
      defaultValue = "onednn",
      paramLabel = "NAME",
      description =
          "Whose code runs: onednn (default) for networks on oneDNN and a faster HOG, dlib for"
              + " dlib's own, the slow reference with the same results.")
  private Engine engine;

  @Option(
      names = "--precision",
      defaultValue = "fp32",
      paramLabel = "NAME",
      description =
          "fp32 (default), bf16 (faster, a little rounded; needs processors with instructions for"
              + " it), or auto: bf16 where the machine that this command starts on has them, for"
              + " datasets that stay on such machines. Faces of two precisions are not mixed in one"
              + " dataset and not clustered together.")
  private PrecisionChoice precision;

  Engine engine() {
    return engine;
  }

  /**
   * The precision that was asked for.
   *
   * @throws UserError where this processor or the engine does not have it
   */
  Precision precision() {
    if (engine == Engine.DLIB && precision == PrecisionChoice.BF16) {
      throw new UserError("--engine dlib computes in fp32 only; leave out --precision bf16");
    }
    if (engine == Engine.DLIB || precision == PrecisionChoice.FP32) {
      return Precision.FP32;
    }
    if (precision == PrecisionChoice.AUTO) {
      return Precision.fastest();
    }
    Precision.BF16.requireSupport();
    return Precision.BF16;
  }
}
