package facelake.cli;

import facelake.dlib.Box;
import facelake.job.DistanceThreshold;
import facelake.job.SearchJob;
import facelake.job.SearchOptions;
import facelake.job.SearchResult;
import facelake.model.VerifiedModel;
import facelake.pipeline.PipelineOptions;
import facelake.spark.Sessions;
import facelake.table.Lake;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code search}: finds the people of one photo. */
@Command(
    name = "search",
    header = "Find the people of a photo in a lake.",
    description = {
      "Prints the faces of the lake that are nearest to each face of the photo: their distance, and"
          + " who they are by the label of their dataset, by dedupe (person) and by tag (name). The"
          + " photo need not be in the lake; nothing is written.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake search --photo ann.jpg --lake lake",
      "  jobs/facelake search --photo party.jpg --face 2 --lake lake --top 100 --format csv"
    })
final class SearchCommand implements Callable<Integer> {
  @Option(names = "--photo", required = true, paramLabel = "FILE", description = "The photo.")
  private String photo;

  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @Option(
      names = "--face",
      paramLabel = "N",
      description =
          "Only this face of the photo; they are numbered from 1, from left to right"
              + " (default: all).")
  private Integer face;

  @Option(
      names = "--datasets",
      split = ",",
      paramLabel = "A,B",
      description = "Look at faces of these only (default: all).")
  private List<String> datasets = List.of();

  @Option(
      names = "--threshold",
      paramLabel = "DISTANCE",
      defaultValue = "0.6",
      description =
          "Print faces at a smaller distance (default: ${DEFAULT-VALUE}). calibrated:FILE takes what"
              + " calibrate found for the embedder of the faces, calibrated:FILE#KIND=GROUP for a"
              + " group of people.")
  private String threshold;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most N rows for each face of the photo (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table (default), csv or json, as sql has them.")
  private ResultFormat format;

  @ArgGroup(
      validate = false,
      heading = "%nHow faces of the photo are found; as the lake was indexed:%n")
  private final FindingOptions finding = new FindingOptions();

  @ArgGroup(validate = false, heading = "%nHow networks are computed:%n")
  private final ComputeOptions computing = new ComputeOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PipelineOptions pipeline = finding.options(computing);
    SearchOptions options =
        new SearchOptions(
            Lake.at(lake),
            photo,
            pipeline,
            datasets,
            face == null ? OptionalInt.empty() : OptionalInt.of(face),
            DistanceThreshold.parse(threshold),
            top);
    List<VerifiedModel> models = finding.models(pipeline);
    CommandLine line = spec.commandLine();
    try (SparkSession spark = Sessions.open("facelake search")) {
      SearchResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result = new SearchJob(spark, options, models, progress::phase).execute();
      }
      tell(result, line.getErr());
      new ResultPrinter(line.getOut(), line.getErr()).print(result.rows(), format, null);
    }
    return ExitCode.OK;
  }

  /** What the rows do not say, beside them. */
  private static void tell(SearchResult result, PrintWriter remarks) {
    for (int i = 0; i < result.boxes().size(); i++) {
      Box box = result.boxes().get(i);
      remarks.printf(
          "face %d: %d x %d pixels at %d, %d%n",
          i + 1, box.width(), box.height(), box.left(), box.top());
    }
    remarks.printf("searched %,d faces in %.1f s%n", result.searched(), result.seconds());
    remarks.flush();
  }
}
