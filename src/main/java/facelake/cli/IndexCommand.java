package facelake.cli;

import facelake.job.IndexJob;
import facelake.job.IndexOptions;
import facelake.job.IndexResult;
import facelake.model.VerifiedModel;
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
      "  jobs/facelake index --input 'shards/*.tar' --dataset web --lake lake --detector mmod"
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
  private final FindingOptions finding = new FindingOptions();

  @ArgGroup(validate = false, heading = "%nHow networks are computed:%n")
  private final ComputeOptions computing = new ComputeOptions();

  @ArgGroup(validate = false, heading = "%nImages that crash native code or take too long:%n")
  private final FaultOptions faults = new FaultOptions();

  @ArgGroup(validate = false, heading = "%nWhat is done again, and how it is cut:%n")
  private final Running running = new Running();

  @Spec private CommandSpec spec;

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

  /** The values of {@code --retry}. */
  enum Retry {
    FAILED
  }

  @Override
  public Integer call() throws IOException {
    IndexOptions options = options();
    List<VerifiedModel> models = finding.models(options.pipeline());
    CommandLine line = spec.commandLine();
    try (SparkSession spark =
        Sessions.open("facelake index " + dataset, FaultOptions.settings(options.limits()))) {
      IndexResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result = new IndexJob(spark, options, models, progress).execute();
      }
      new IndexReport(line.getOut()).print(options, result);
    }
    return ExitCode.OK;
  }

  private IndexOptions options() {
    FindingOptions.requireAtLeast("--chunk-images", running.chunkImages, 1);
    return new IndexOptions(
        inputs,
        dataset,
        Lake.at(lake),
        Optional.ofNullable(layout).map(Layout::parse),
        finding.options(computing),
        running.chunkImages,
        running.retry == Retry.FAILED ? Changes.Again.FAILED : Changes.Again.NONE,
        running.reindex ? IndexOptions.OtherPipeline.REINDEX : IndexOptions.OtherPipeline.REFUSE,
        faults.limits());
  }
}
