package facelake.cli;

import facelake.UserError;
import facelake.job.DistanceThreshold;
import facelake.job.TagJob;
import facelake.job.TagOptions;
import facelake.job.TagResult;
import facelake.pipeline.PipelineOptions;
import facelake.spark.Sessions;
import facelake.table.Lake;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tag}: names for faces. */
@Command(
    name = "tag",
    header = "Name the faces of a lake by a gallery of people.",
    description = {
      "Each face gets the people of the gallery that it is nearest to, with distance, margin and"
          + " probability, and the name of the best one, or none: its verdict is then unknown. The"
          + " nearest gallery faces vote, and no two faces of a photo get one name. Writes the table"
          + " tags, in the place of what the same gallery gave before. Run it again when photos or"
          + " the gallery have grown: only what can change is compared.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake tag --lake lake --gallery people",
      "  jobs/facelake tag --lake lake --gallery people --datasets holidays --threshold 0.5",
      "  jobs/facelake tag --lake lake --gallery dataset:actors,press"
    })
final class TagCommand implements Callable<Integer> {
  private static final String OF_LAKE = "dataset:";

  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @Option(
      names = "--gallery",
      required = true,
      paramLabel = "DIR|dataset:NAMES",
      description =
          "Who is known: a folder with one folder a person, which is indexed into the lake, or"
              + " dataset:A,B for the identities of datasets that are in the lake already. Photos"
              + " with several faces do not count: nobody knows whose the name is.")
  private String gallery;

  @Option(
      names = "--gallery-dataset",
      paramLabel = "NAME",
      defaultValue = "gallery",
      description = "What to call the photos of a gallery folder (default: ${DEFAULT-VALUE}).")
  private String galleryDataset;

  @Option(
      names = "--datasets",
      split = ",",
      paramLabel = "A,B",
      description =
          "Tag these, and those that the gallery has tagged before (default: all but the gallery).")
  private List<String> datasets = List.of();

  @Option(
      names = "--threshold",
      paramLabel = "DISTANCE",
      defaultValue = "0.6",
      description =
          "Gallery faces at a smaller distance count (default: ${DEFAULT-VALUE}). Of a gallery with"
              + " hundreds of people, give a smaller one. calibrated:FILE takes what calibrate found"
              + " for the embedder of the faces, calibrated:FILE#KIND=GROUP for a group of people.")
  private String threshold;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "3",
      description = "Tell up to N people that a face may show (default: ${DEFAULT-VALUE}).")
  private int top;

  @ArgGroup(
      validate = false,
      heading = "%nHow faces of a gallery folder are found; as the lake was indexed:%n")
  private final FindingOptions finding = new FindingOptions();

  @ArgGroup(validate = false, heading = "%nHow networks are computed:%n")
  private final ComputeOptions computing = new ComputeOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    TagOptions options =
        new TagOptions(Lake.at(lake), gallery(), datasets, DistanceThreshold.parse(threshold), top);
    try (SparkSession spark = Sessions.open("facelake tag")) {
      TagResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result = new TagJob(spark, options, progress).execute();
      }
      new TagReport(spec.commandLine().getOut()).print(result, lake);
    }
    return ExitCode.OK;
  }

  private TagOptions.Gallery gallery() {
    if (gallery.startsWith(OF_LAKE)) {
      List<String> names = List.of(gallery.substring(OF_LAKE.length()).split(",", -1));
      if (names.stream().anyMatch(String::isBlank)) {
        throw new UserError(
            "--gallery is '%s'; name datasets of the lake, such as dataset:actors,press", gallery);
      }
      return new TagOptions.Gallery.Labelled(names);
    }
    PipelineOptions pipeline = finding.options(computing);
    return new TagOptions.Gallery.Folder(
        gallery, galleryDataset, pipeline, finding.models(pipeline));
  }
}
