package facelake.cli;

import facelake.UserError;
import facelake.job.DistanceThreshold;
import facelake.job.EvaluateModelsJob;
import facelake.job.EvaluateModelsOptions;
import facelake.job.EvaluateModelsOptions.Thresholds;
import facelake.job.EvaluateModelsResult;
import facelake.model.ModelStore;
import facelake.spark.Sessions;
import facelake.table.Lake;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code evaluate models}: how well each embedder groups labelled photos. */
@Command(
    name = "models",
    header = "Compare embedders on your own labelled photos.",
    description = {
      "Groups the photos of each dataset into people as cluster does, and tells how the groups differ"
          + " from the labels: at the threshold that the embedder was trained for, and at a calibrated"
          + " one. To compare embedders, index the same photos once by each, as datasets of their own.",
      "Photos of one face whose identity is known take part. With --out the groups can be looked at.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake index --input album --layout identity-folders --dataset resnet --lake lake",
      "  jobs/facelake index --input album --layout identity-folders --dataset densenet --lake lake"
          + " --embedder densenet-v1",
      "  jobs/facelake evaluate models --lake lake --datasets resnet,densenet --out compared",
      "  jobs/facelake evaluate models --lake lake other-lake --threshold calibrated:calibration.json"
    })
final class EvaluateModelsCommand implements Callable<Integer> {
  @Option(
      names = "--lake",
      required = true,
      arity = "1..*",
      paramLabel = "DIR",
      description = "Lakes whose faces are grouped.")
  private List<String> lakes;

  @Option(
      names = "--datasets",
      split = ",",
      paramLabel = "NAME",
      description = "Only these datasets of each lake, separated by commas (default: all).")
  private List<String> datasets = List.of();

  @ArgGroup private Calibrated calibrated = new Calibrated();

  /** Where the calibrated threshold comes from. */
  private static final class Calibrated {
    @Option(
        names = "--fmr",
        paramLabel = "RATE",
        description =
            "Calibrate by the same faces, for this share of false matches among the pairs of two people"
                + " (default: 1e-4).")
    private Double rate;

    @Option(
        names = "--threshold",
        paramLabel = "calibrated:FILE",
        description =
            "Or take the thresholds of a file of calibrate, which other photos than these should have"
                + " made.")
    private String file;
  }

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Seed of the grouping and of the draw to calibrate by (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "A new folder for all figures and for pages that show the faces of each group, those of"
              + " several people first.")
  private String out;

  @Spec private CommandSpec spec;

  private static final double USUAL_RATE = 1e-4;

  @Override
  public Integer call() throws IOException {
    EvaluateModelsOptions options =
        new EvaluateModelsOptions(
            lakes.stream().map(Lake::at).toList(),
            datasets,
            thresholds(),
            seed,
            Optional.ofNullable(out));
    ModelStore models = ModelStore.fromEnvironment();
    try (SparkSession spark = Sessions.open("facelake evaluate models")) {
      EvaluateModelsResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result =
            new EvaluateModelsJob(
                    spark, options, embedder -> models.read(embedder.toString()), progress::phase)
                .execute();
      }
      print(result);
    }
    return ExitCode.OK;
  }

  private Thresholds thresholds() {
    if (calibrated.file == null) {
      return new Thresholds.SameFaces(calibrated.rate == null ? USUAL_RATE : calibrated.rate);
    }
    if (DistanceThreshold.parse(calibrated.file) instanceof DistanceThreshold.Calibrated file) {
      return new Thresholds.OfFile(file);
    }
    throw new UserError(
        "--threshold %s is not calibrated:FILE; what the embedder was trained for is always compared"
            + " with",
        calibrated.file);
  }

  void print(EvaluateModelsResult result) {
    PrintWriter printed = spec.commandLine().getOut();
    boolean[] numbers = new boolean[EvaluateModelsResult.HEADER.size()];
    for (int column = 3; column < numbers.length; column++) {
      numbers[column] = true;
    }
    new TextTable(EvaluateModelsResult.HEADER.toArray(String[]::new), numbers)
        .print(
            EvaluateModelsResult.rows(result.groupings()).stream()
                .map(row -> row.toArray(String[]::new))
                .toList(),
            printed);
    printed.println();
    result.notes().forEach(note -> printed.println("Note: " + note));
    new Listed(printed)
        .some(
            "photos are not shown",
            result.unseen().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList());
    if (out != null) {
      printed.printf("Written: %s/index.html and all figures beside it%n", out);
    }
    printed.printf("%.1f s%n", result.seconds());
    printed.flush();
  }
}
