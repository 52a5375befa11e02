package facelake.cli;

import facelake.UserError;
import facelake.model.VerifiedModel;
import facelake.pipeline.Aligner;
import facelake.pipeline.Detector;
import facelake.pipeline.Embedder;
import facelake.pipeline.GenderModel;
import facelake.pipeline.Jitter;
import facelake.pipeline.PipelineOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * How faces are found, for every command that does; part of the pipeline's fingerprint, but for
 * {@code --max-pixels}.
 */
final class FindingOptions {
  private static final int MOST_UPSAMPLE = 4;

  /** Ten times what dlib takes; the copies of one face are in memory together. */
  private static final int MOST_JITTER = 1000;

  @Option(
      names = "--detector",
      defaultValue = "hog",
      paramLabel = "NAME",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). mmod finds turned, small and"
              + " half-hidden faces too, and takes longer.")
  private Detector detector;

  @Option(
      names = "--detection-threshold",
      defaultValue = "0",
      paramLabel = "ADJUST",
      description =
          "Added to the detector's own threshold (default: ${DEFAULT-VALUE}); -0.5 finds more"
              + " faces, and more that are none.")
  private double detectionThreshold;

  @Option(
      names = "--upsample",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Double photos N times before detection (default: ${DEFAULT-VALUE}): finds faces down to"
              + " 40 (1) or 20 pixels (2), at 4 or 16 times the work.")
  private int upsample;

  @Option(
      names = "--landmarks",
      defaultValue = "landmarks-5",
      paramLabel = "MODEL",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Aligner aligner;

  @Option(
      names = "--embedder",
      defaultValue = "resnet-v1",
      paramLabel = "MODEL",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Embedder embedder;

  @Option(
      names = "--jitter",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Embed N randomly moved, turned and mirrored copies of each chip and take their mean,"
              + " at N times the work of the network (default: 0, the chip as it is). Embeddings"
              + " with and without it are not compared.")
  private int jitter;

  @Option(
      names = "--gender",
      paramLabel = "MODEL|FILE",
      converter = GenderChoice.Converter.class,
      description =
          GenderChoice.WORDS
              + " (default: gender-linear-v1 with --embedder resnet-v1, else none). What a label says"
              + " is how a face looks to a model, no more.")
  private GenderChoice gender;

  @Option(
      names = "--max-side",
      defaultValue = "0",
      paramLabel = "PX",
      description =
          "Detect on a copy whose longer side has at most PX pixels; chips still come from the"
              + " photo itself. 0, the default: no copy.")
  private int maxSide;

  @Option(
      names = "--min-face",
      defaultValue = "0",
      paramLabel = "PX",
      description = "Leave out faces with a shorter side below PX (default: ${DEFAULT-VALUE}).")
  private int minFace;

  @Option(
      names = "--crops",
      description =
          "The images are face crops already: one face each, and where the detector finds none,"
              + " the centre is taken (box_source says so).")
  private boolean crops;

  @Option(
      names = "--max-pixels",
      defaultValue = "" + PipelineOptions.DEFAULT_MAX_PIXELS,
      paramLabel = "N",
      description = "Refuse photos with more pixels (default: ${DEFAULT-VALUE}).")
  private long maxPixels;

  PipelineOptions options(ComputeOptions compute) {
    requireAtLeast("--upsample", upsample, 0);
    requireAtLeast("--max-side", maxSide, 0);
    requireAtLeast("--min-face", minFace, 0);
    requireAtLeast("--max-pixels", maxPixels, 1);
    if (upsample > MOST_UPSAMPLE) {
      throw new UserError(
          "--upsample is %d; more than %d doublings make a photo too large for memory",
          upsample, MOST_UPSAMPLE);
    }
    return PipelineOptions.builder()
        .detector(detector)
        .detectionThreshold(detectionThreshold)
        .upsample(upsample)
        .aligner(aligner)
        .embedder(embedder)
        .jitter(jitter(jitter, 0))
        .genderModel(genderModel())
        .engine(compute.engine())
        .precision(compute.precision())
        .maxSide(maxSide)
        .minFace(minFace)
        .framing(crops ? PipelineOptions.Framing.CROPS : PipelineOptions.Framing.PHOTOS)
        .maxPixels(maxPixels)
        .build();
  }

  private GenderModel genderModel() {
    return gender == null ? GenderModel.defaultFor(embedder) : gender.model();
  }

  /**
   * The models of the options, checked; before Spark starts, so that a wrong file costs no time.
   */
  List<VerifiedModel> models(PipelineOptions options) {
    return Models.of(List.of(options), Optional.ofNullable(gender).flatMap(GenderChoice::own));
  }

  /** Checks {@code --jitter}. */
  static Jitter jitter(int copies, long seed) {
    requireAtLeast("--jitter", copies, 0);
    if (copies > MOST_JITTER) {
      throw new UserError("--jitter is %,d; give at most %,d", copies, MOST_JITTER);
    }
    return copies == 0 ? Jitter.NONE : new Jitter(copies, seed);
  }

  static void requireAtLeast(String option, long value, long least) {
    if (value < least) {
      throw new UserError("%s is %d; give at least %d", option, value, least);
    }
  }
}
