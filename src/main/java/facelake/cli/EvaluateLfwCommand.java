package facelake.cli;

import facelake.UserError;
import facelake.job.EvaluateLfwJob;
import facelake.job.EvaluateLfwOptions;
import facelake.job.EvaluateLfwResult;
import facelake.model.VerifiedModel;
import facelake.pipeline.Aligner;
import facelake.pipeline.Detector;
import facelake.pipeline.Embedder;
import facelake.pipeline.PipelineOptions;
import facelake.spark.Sessions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate lfw}: how well embedders tell one person from two. */
@Command(
    name = "lfw",
    header = "Measure how well embedders tell one person from two.",
    description = {
      "Embeds the images that a list of pairs names, each once, and reports what dlib's test on LFW"
          + " (Labeled Faces in the Wild, view 2) reports. Where LFW itself is found: the"
          + " deep-funneled images as lfw-deepfunneled.tgz, to be unpacked, and pairs.txt. Other"
          + " images with a list of pairs are measured in the same way.",
      "With --out all figures are written: a page index.html, scores.json, the pairs with their"
          + " distances, and charts (ROC, DET, distances) as PNG and SVG.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake evaluate lfw --images lfw-deepfunneled --pairs pairs.txt --out scores",
      "  jobs/facelake evaluate lfw --images lfw.tar --pairs pairs.txt --embedder"
          + " resnet-v1,densenet-v1",
      "  jobs/facelake evaluate lfw --images lfw.tar --pairs pairs.txt --jitter 100 --precision auto"
    })
final class EvaluateLfwCommand implements Callable<Integer> {
  @Option(
      names = "--images",
      required = true,
      paramLabel = "DIR|TAR",
      description = "The images: a folder, a tar, a glob or a table; repeat it for several.")
  private List<String> images;

  @Option(
      names = "--pairs",
      required = true,
      paramLabel = "FILE",
      description =
          "LFW's pairs.txt, or a CSV with the columns left, right and same (1 or 0), whose images are"
              + " named by their file names, with as many folders before them as make them unique.")
  private String pairs;

  @Option(
      names = "--groups",
      paramLabel = "CSV",
      description =
          "What is known of the people: a column image and one for each kind of group, such as"
              + " gender; scores are told for each pair of groups.")
  private String groups;

  @Option(names = "--out", paramLabel = "DIR", description = "A new folder for all figures.")
  private String out;

  @Option(
      names = "--threshold",
      paramLabel = "DISTANCE",
      description =
          "Pairs nearer than this are one person (default: what the model was trained for).")
  private Double threshold;

  @ArgGroup(validate = false, heading = "%nHow faces are found and embedded:%n")
  private final EmbeddingOptions embedding = new EmbeddingOptions();

  @ArgGroup(validate = false, heading = "%nHow networks are computed:%n")
  private final ComputeOptions computing = new ComputeOptions();

  @Spec private CommandSpec spec;

  /** How faces are found and embedded. */
  private static final class EmbeddingOptions {
    @Option(
        names = "--embedder",
        split = ",",
        defaultValue = "resnet-v1",
        paramLabel = "MODEL",
        description =
            "${COMPLETION-CANDIDATES}; several, with commas, are reported side by side (default:"
                + " ${DEFAULT-VALUE}).")
    private List<Embedder> embedders;

    @Option(
        names = "--jitter",
        defaultValue = "0",
        paramLabel = "N",
        description =
            "Embed the mean of N randomly moved, turned and mirrored copies of each chip, as dlib's"
                + " test does with 100 (default: ${DEFAULT-VALUE}, the chip as it is).")
    private int jitter;

    @Option(
        names = "--seed",
        defaultValue = "0",
        paramLabel = "N",
        description = "Seed of the copies (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
        names = "--detector",
        defaultValue = "hog",
        paramLabel = "NAME",
        description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Detector detector;

    @Option(
        names = "--landmarks",
        defaultValue = "landmarks-5",
        paramLabel = "MODEL",
        description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Aligner aligner;

    @Option(
        names = "--crops",
        description =
            "The images are tighter crops than LFW's, in which the face takes 0.4 of the side: a box"
                + " of 0.6 stands in where the detector finds no face in the middle.")
    private boolean crops;

    PipelineOptions pipeline(Embedder embedder, ComputeOptions computing) {
      return PipelineOptions.builder()
          .detector(detector)
          .aligner(aligner)
          .embedder(embedder)
          .jitter(FindingOptions.jitter(jitter, seed))
          .engine(computing.engine())
          .precision(computing.precision())
          .framing(crops ? PipelineOptions.Framing.CROPS : PipelineOptions.Framing.LFW)
          .build();
    }
  }

  @Override
  public Integer call() throws IOException {
    EvaluateLfwOptions options = options();
    List<VerifiedModel> models = Models.of(options.pipelines());
    try (SparkSession spark = Sessions.open("facelake evaluate lfw")) {
      EvaluateLfwResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result = new EvaluateLfwJob(spark, options, models, progress).execute();
      }
      new LfwScoresReport(spec.commandLine().getOut()).print(result, options.folder());
    }
    return ExitCode.OK;
  }

  private EvaluateLfwOptions options() {
    if (threshold != null && !(threshold > 0)) {
      throw new UserError("--threshold is %s; a distance is positive", threshold);
    }
    return new EvaluateLfwOptions(
        images,
        pairs,
        Optional.ofNullable(groups),
        embedding.embedders.stream()
            .distinct()
            .map(embedder -> embedding.pipeline(embedder, computing))
            .toList(),
        Optional.ofNullable(threshold),
        Optional.ofNullable(out));
  }
}
