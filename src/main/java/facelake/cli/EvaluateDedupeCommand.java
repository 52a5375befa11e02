package facelake.cli;

import facelake.UserError;
import facelake.job.EvaluateDedupeJob;
import facelake.job.EvaluateDedupeOptions;
import facelake.job.EvaluateDedupeResult;
import facelake.job.Planting;
import facelake.job.PlantingOptions;
import facelake.model.VerifiedModel;
import facelake.pipeline.PipelineOptions;
import facelake.spark.Sessions;
import facelake.table.Lake;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate dedupe}: how well dedupe finds out who is who. */
@Command(
    name = "dedupe",
    header = "Measure how well dedupe finds out who is who.",
    description = {
      "Makes two datasets of a labelled one, with people who stand in both, wrong labels, shared"
          + " names and copies of photos; runs dedupe on them; and compares its answers with what is"
          + " so. With --truth it plants and runs nothing, and compares the tables that dedupe has"
          + " written to the lake with what the file says. The lake is only read.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake evaluate dedupe --lake lake --dataset lfw --out scores",
      "  jobs/facelake evaluate dedupe --lake lake --dataset lfw --out few --photos-per-side 3"
          + " --distractors 1 --copies 0 --people lfw-people.csv",
      "  jobs/facelake evaluate dedupe --lake lake --truth who-is-who.csv --out scores"
    })
final class EvaluateDedupeCommand implements Callable<Integer> {
  /** What goes with a truth of one's own, under which nothing is planted. */
  private static final Set<String> WITH_TRUTH = Set.of("--lake", "--out", "--truth", "--verbose");

  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "The labelled dataset that others are made of.")
  private String dataset;

  @Option(
      names = "--truth",
      paramLabel = "CSV",
      description =
          "Instead of --dataset: a file with the columns dataset, identity and person. Identities"
              + " that it does not name, or with an empty person, are not scored.")
  private String truth;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "A new folder for scores.json, lists of errors and what was planted.")
  private String out;

  @ArgGroup(validate = false, heading = "%nWhat is planted:%n")
  private final PlantedOptions planted = new PlantedOptions();

  @ArgGroup(
      validate = false,
      heading = "%nHow faces of copies are found; as those of the dataset were:%n")
  private final FindingOptions finding = new FindingOptions();

  @ArgGroup(validate = false, heading = "%nHow networks are computed:%n")
  private final ComputeOptions computing = new ComputeOptions();

  @Spec private CommandSpec spec;

  /** What is planted. */
  private static final class PlantedOptions {
    @Option(
        names = "--photos-per-side",
        paramLabel = "N",
        description =
            "Exactly so many photos of a person in a dataset (default: all, in halves where somebody"
                + " stands in both).")
    private Integer photosPerSide;

    @Option(
        names = "--overlap",
        paramLabel = "SHARE",
        defaultValue = "" + Planting.DEFAULT_OVERLAP,
        description =
            "Share of the people with enough photos who stand in both (default: ${DEFAULT-VALUE}).")
    private double overlap;

    @Option(
        names = "--wrong-labels",
        paramLabel = "SHARE",
        defaultValue = "" + Planting.DEFAULT_WRONG_LABELS,
        description = "Share of the photos with another's name (default: ${DEFAULT-VALUE}).")
    private double wrongLabels;

    @Option(
        names = "--merged-identities",
        paramLabel = "SHARE",
        defaultValue = "" + Planting.DEFAULT_MERGED_IDENTITIES,
        description =
            "Share of the people who share their name with another (default: ${DEFAULT-VALUE}).")
    private double mergedIdentities;

    @Option(
        names = "--copies",
        paramLabel = "SHARE",
        defaultValue = "" + Planting.DEFAULT_COPIES,
        description =
            "Share of the photos that get a recompressed copy, and of those that get a halved one"
                + " (default: ${DEFAULT-VALUE}). Needs the photos where they were indexed, and the"
                + " models, unless it is 0.")
    private double copies;

    @Option(
        names = "--distractors",
        paramLabel = "0|1",
        defaultValue = "0",
        description = "1 adds the people of whom there is one photo (default: ${DEFAULT-VALUE}).")
    private int distractors;

    @Option(
        names = "--seed",
        paramLabel = "N",
        defaultValue = "1",
        description = "Seed of what is planted where (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
        names = "--people",
        paramLabel = "CSV",
        description =
            "Names of the dataset that are known to be another's: a file with the columns identity"
                + " and person. Identities of one person are planted as one; those with an empty"
                + " person are left out.")
    private String people;

    Planting planting() {
      return new Planting(
          photosPerSide == null ? OptionalInt.empty() : OptionalInt.of(photosPerSide),
          overlap,
          wrongLabels,
          mergedIdentities,
          copies,
          distractors,
          seed);
    }
  }

  @Override
  public Integer call() throws IOException {
    EvaluateDedupeOptions options = options();
    List<VerifiedModel> models = models(options);
    try (SparkSession spark = Sessions.open("facelake evaluate dedupe")) {
      EvaluateDedupeResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result = new EvaluateDedupeJob(spark, options, models, progress::phase).execute();
      }
      new DedupeScoresReport(spec.commandLine().getOut()).print(result);
    }
    return ExitCode.OK;
  }

  private EvaluateDedupeOptions options() {
    if (truth != null) {
      refuseWithTruth();
      return new EvaluateDedupeOptions.OwnTruth(Lake.at(lake), truth, out);
    }
    if (dataset == null) {
      throw new UserError(
          "name a labelled dataset with --dataset, to plant others from it, or a file with --truth");
    }
    PipelineOptions pipeline = finding.options(computing);
    return new EvaluateDedupeOptions.Planted(
        new PlantingOptions(
            Lake.at(lake),
            dataset,
            out,
            Optional.ofNullable(planted.people),
            planted.planting(),
            pipeline));
  }

  private void refuseWithTruth() {
    for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
      if (!WITH_TRUTH.contains(given.longestName())) {
        throw new UserError(
            "with --truth nothing is planted; leave out %s, or --truth", given.longestName());
      }
    }
  }

  /** Copies are photos whose faces have to be found; nothing else needs models. */
  private List<VerifiedModel> models(EvaluateDedupeOptions options) {
    return options instanceof EvaluateDedupeOptions.Planted planted
            && planted.planting().planting().copies() > 0
        ? finding.models(planted.planting().pipeline())
        : List.of();
  }
}
