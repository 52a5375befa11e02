package facelake.cli;

import facelake.UserError;
import facelake.job.IndexJob;
import facelake.job.IndexOptions;
import facelake.job.IndexResult;
import facelake.model.ModelStore;
import facelake.model.VerifiedModel;
import facelake.pipeline.Aligner;
import facelake.pipeline.Detector;
import facelake.pipeline.Embedder;
import facelake.pipeline.GenderModel;
import facelake.pipeline.PipelineOptions;
import facelake.spark.Sessions;
import facelake.step.Changes;
import facelake.step.source.Layout;
import facelake.table.Lake;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code index}: photos in, faces in tables out. */
@Command(
    name = "index",
    header = "Find the faces of photos and write them to a lake.",
    description = {
      "Every photo gets a row in the table images and every face one in the table faces, with its"
          + " box, landmarks, embedding and, if asked for, gender. Photos that cannot be used get a"
          + " row that says why. Run it again whenever photos were added, changed or removed: only"
          + " those are worked on.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake index --input ~/photos --dataset mine --lake lake",
      "  jobs/facelake index --input lfw --layout identity-folders --dataset lfw --lake lake",
      "  jobs/facelake index --input 'shards/*.tar' --dataset web --lake lake --gender gender-v1"
    })
final class IndexCommand implements Callable<Integer> {
  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Folders (read with their sub-folders), globs in quotes, .tar files, or tables with the"
              + " columns uri and content, on any file system that Hadoop knows.")
  private List<String> inputs;

  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "NAME",
      description = "What to call these photos.")
  private String dataset;

  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description = {
        "flat: folders that say nothing of people (the default for folders);",
        "identity-folders: one folder a person;",
        "tar: .tar files, a folder a person inside, or WebDataset (the default for .tar);",
        "table: Parquet or Delta (the default for folders of such)."
      })
  private String layout;

  @ArgGroup(validate = false, heading = "%nHow faces are found:%n")
  private final Finding finding = new Finding();

  @ArgGroup(validate = false, heading = "%nHow networks are computed:%n")
  private final ComputeOptions computing = new ComputeOptions();

  @ArgGroup(validate = false, heading = "%nWhat is done again, and how it is cut:%n")
  private final Running running = new Running();

  @Spec private CommandSpec spec;

  /** How faces are found; part of the pipeline's fingerprint, but for {@code --max-pixels}. */
  private static final class Finding {
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
        names = "--gender",
        defaultValue = "none",
        paramLabel = "MODEL",
        description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private GenderModel gender;

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
          .genderModel(gender)
          .engine(compute.engine())
          .precision(compute.precision())
          .maxSide(maxSide)
          .minFace(minFace)
          .framing(crops ? PipelineOptions.Framing.CROPS : PipelineOptions.Framing.PHOTOS)
          .maxPixels(maxPixels)
          .build();
    }
  }

  /** How a run goes about its work. */
  private static final class Running {
    @Option(
        names = "--retry",
        paramLabel = "failed",
        description = "failed: try the images again that failed before.")
    private Retry retry;

    @Option(
        names = "--reindex",
        description =
            "Do the images again that other models or options made; without it such a dataset is"
                + " refused.")
    private boolean reindex;

    @Option(
        names = "--chunk-images",
        defaultValue = "" + IndexOptions.DEFAULT_CHUNK_IMAGES,
        paramLabel = "N",
        description =
            "Commit after every N images (default: ${DEFAULT-VALUE}); a kill costs at most that"
                + " much work.")
    private int chunkImages;
  }

  private static final int MOST_UPSAMPLE = 4;

  /** The values of {@code --retry}. */
  enum Retry {
    FAILED
  }

  @Override
  public Integer call() throws IOException {
    IndexOptions options = options();
    List<VerifiedModel> models = models(options.pipeline());
    CommandLine line = spec.commandLine();
    try (SparkSession spark = Sessions.open("facelake index " + dataset)) {
      IndexResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog(line.getErr())) {
        result = new IndexJob(spark, options, models, progress).execute();
      }
      new IndexReport(line.getOut()).print(options, result);
    }
    return ExitCode.OK;
  }

  /** The models of a pipeline, checked; before Spark starts, so that a wrong file costs no time. */
  static List<VerifiedModel> models(PipelineOptions pipeline) {
    ModelStore store = ModelStore.fromEnvironment();
    return pipeline.models().stream().map(store::read).toList();
  }

  private IndexOptions options() {
    if (dataset.isBlank()) {
      throw new UserError("--dataset is blank; give the photos a name, such as holidays");
    }
    requireAtLeast("--chunk-images", running.chunkImages, 1);
    return new IndexOptions(
        inputs,
        dataset,
        Lake.at(lake),
        Optional.ofNullable(layout).map(Layout::parse),
        finding.options(computing),
        running.chunkImages,
        running.retry == Retry.FAILED ? Changes.Again.FAILED : Changes.Again.NONE,
        running.reindex ? IndexOptions.OtherPipeline.REINDEX : IndexOptions.OtherPipeline.REFUSE);
  }

  private static void requireAtLeast(String option, long value, long least) {
    if (value < least) {
      throw new UserError("%s is %d; give at least %d", option, value, least);
    }
  }
}
