package facelake.cli;

import facelake.job.QuickstartJob;
import facelake.job.QuickstartOptions;
import facelake.job.QuickstartResult;
import facelake.model.VerifiedModel;
import facelake.pipeline.GenderModel;
import facelake.pipeline.PipelineOptions;
import facelake.spark.Sessions;
import facelake.table.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code quickstart}: what {@code jobs/quickstart} runs once everything is set up. */
@Command(
    name = "quickstart",
    hidden = true,
    header = "Index dlib's example photos, find who is in two albums, and tell what came out.",
    footer = {"", "Example: jobs/quickstart"})
final class QuickstartCommand implements Callable<Integer> {
  @Option(
      names = "--photos",
      required = true,
      paramLabel = "DIR",
      description = "dlib's folder examples.")
  private Path photos;

  @Option(
      names = "--albums",
      required = true,
      paramLabel = "DIR",
      description = "Where two albums are made: links to photos of the same people.")
  private Path albums;

  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @Option(
      names = "--review",
      required = true,
      paramLabel = "DIR",
      description = "Where the page to look at is made.")
  private String review;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PipelineOptions pipeline =
        PipelineOptions.builder().genderModel(GenderModel.GENDER_LINEAR_V1).build();
    QuickstartOptions options =
        new QuickstartOptions(photos, albums, Lake.at(lake), review, pipeline);
    List<VerifiedModel> models = Models.of(pipeline);
    CommandLine line = spec.commandLine();
    try (SparkSession spark = Sessions.open("facelake quickstart")) {
      QuickstartResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result = new QuickstartJob(spark, options, models, progress).execute();
      }
      new QuickstartReport(line.getOut(), lake).print(options, result);
    }
    return ExitCode.OK;
  }
}
