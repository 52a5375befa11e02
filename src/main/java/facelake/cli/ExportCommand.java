package facelake.cli;

import facelake.ShellCommand;
import facelake.UserError;
import facelake.job.ExportJob;
import facelake.job.ExportOptions;
import facelake.job.ExportResult;
import facelake.job.IndexOptions;
import facelake.spark.Sessions;
import facelake.step.export.ExportFormat;
import facelake.step.export.ExportRule.Drop;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code export}: a training set out of a lake. */
@Command(
    name = "export",
    header = "Write the photos or faces of people as a training set.",
    description = {
      "One folder a person, tar shards, or a list, without copies and wrong labels; and lineage.csv,"
          + " which says for every photo what became of it and why. Who somebody is follows from"
          + " dedupe. Changes neither photos nor what the tables say.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake export --lake lake --to train",
      "  jobs/facelake export --lake lake --to train --format webdataset --chips 112 --min-photos 5",
      "  jobs/facelake export --lake lake --to train --datasets press --without-people-of lfw",
      "docs/export.md tells the rules."
    })
final class ExportCommand implements Callable<Integer> {
  private static final int SMALLEST_CHIP = 16;
  private static final int LARGEST_CHIP = 1024;

  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "PATH",
      description = "A new folder, on any file system that Hadoop knows.")
  private String target;

  @ArgGroup(validate = false, heading = "%nWhat is exported:%n")
  private final Choosing choosing = new Choosing();

  @ArgGroup(validate = false, heading = "%nHow it is written:%n")
  private final Writing writing = new Writing();

  @Spec private CommandSpec spec;

  /** Whom and what. */
  private static final class Choosing {
    @Option(
        names = "--datasets",
        split = ",",
        paramLabel = "NAME",
        description =
            "Photos of these datasets, separated by commas (default: all that dedupe compared).")
    private List<String> datasets = List.of();

    @Option(
        names = "--scope",
        defaultValue = PeopleTable.RESOLVED,
        paramLabel = "SCOPE",
        description =
            "The people: resolved, by labels and faces, as dedupe found them (default); all or"
                + " dataset:NAME, by faces alone, as cluster did.")
    private String scope;

    @Option(
        names = "--drop",
        split = ",",
        paramLabel = "WORD",
        description = {
          "What is left out, separated by commas (default: all but review):",
          "duplicates: all copies of a photo under one person but one;",
          "label-issues: faces that do not fit their label, unless --relabel takes them elsewhere;",
          "conflicts: photos of one face of which copies stand under several people;",
          "review: people who may be one with others, by a pair that nobody has decided;",
          "all or none of these."
        })
    private List<String> drop;

    @Option(
        names = "--relabel",
        description =
            "Take a face that does not fit its label to the person that dedupe proposes for it.")
    private boolean relabel;

    @Option(
        names = "--min-face",
        defaultValue = "0",
        paramLabel = "PIXELS",
        description = "Only faces whose box has so many pixels on its shorter side.")
    private int minFace;

    @Option(
        names = "--min-photos",
        defaultValue = "1",
        paramLabel = "N",
        description = "Only people with N photos when all else is left out.")
    private int minPhotos;

    @Option(
        names = "--without-people-of",
        split = ",",
        paramLabel = "NAME",
        description =
            "Leave out people who stand in these datasets, and copies of their photos: the test sets.")
    private List<String> withoutPeopleOf = List.of();
  }

  /** Where and how. */
  private static final class Writing {
    @Option(
        names = "--format",
        defaultValue = "folders",
        paramLabel = "FORMAT",
        description = {
          "folders: a folder a person (default);",
          "webdataset: tar shards that mix people, a picture and a .json beside each other;",
          "csv: manifest.csv and lineage.csv alone."
        })
    private ExportFormat format;

    @Option(
        names = "--chips",
        defaultValue = "0",
        paramLabel = "PIXELS",
        description =
            "Write aligned square faces of so many pixels a side, as the embedders see them, in the"
                + " place of photos.")
    private int chips;

    @Option(
        names = "--shard-mb",
        defaultValue = "" + ExportOptions.SHARD_MB,
        paramLabel = "N",
        description = "Size of a shard, about (default: ${DEFAULT-VALUE}).")
    private int shardMb;

    @Option(
        names = "--seed",
        defaultValue = "0",
        paramLabel = "N",
        description = "Seed of the order in shards (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
        names = "--resume",
        description = "Go on with an export that was begun in this folder with the same options.")
    private boolean resume;

    @Option(
        names = "--chunk-images",
        defaultValue = "" + IndexOptions.DEFAULT_CHUNK_IMAGES,
        paramLabel = "N",
        description =
            "Note down every N pictures what is done (default: ${DEFAULT-VALUE}); a kill costs at"
                + " most that much work.")
    private int chunkImages;
  }

  @Override
  public Integer call() throws IOException {
    ExportOptions options = options();
    try (SparkSession spark = Sessions.open("facelake export")) {
      ExportResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result = new ExportJob(spark, options, progress::phase).execute();
      }
      print(result);
    }
    return ExitCode.OK;
  }

  private ExportOptions options() {
    FindingOptions.requireAtLeast("--min-face", choosing.minFace, 0);
    FindingOptions.requireAtLeast("--min-photos", choosing.minPhotos, 1);
    FindingOptions.requireAtLeast("--shard-mb", writing.shardMb, 1);
    FindingOptions.requireAtLeast("--chunk-images", writing.chunkImages, 1);
    if (writing.chips != 0 && (writing.chips < SMALLEST_CHIP || writing.chips > LARGEST_CHIP)) {
      throw new UserError(
          "--chips is %d; give %d to %d pixels, such as 112 or 150, or leave it out for photos",
          writing.chips, SMALLEST_CHIP, LARGEST_CHIP);
    }
    return new ExportOptions(
        Lake.at(lake),
        target,
        writing.format,
        writing.chips,
        choosing.scope,
        choosing.datasets,
        choosing.withoutPeopleOf,
        choosing.drop == null ? ExportOptions.DROPS : drops(choosing.drop),
        choosing.relabel,
        choosing.minFace,
        choosing.minPhotos,
        writing.shardMb,
        writing.seed,
        writing.chunkImages,
        writing.resume ? ExportOptions.Resuming.RESUME : ExportOptions.Resuming.REFUSE);
  }

  private static Set<Drop> drops(List<String> words) {
    Map<String, Set<Drop>> known = new TreeMap<>();
    known.put("all", EnumSet.allOf(Drop.class));
    known.put("none", EnumSet.noneOf(Drop.class));
    for (Drop drop : Drop.values()) {
      known.put(drop.label(), EnumSet.of(drop));
    }
    Set<Drop> drops = EnumSet.noneOf(Drop.class);
    try {
      words.forEach(word -> drops.addAll(Choice.of(word, known)));
    } catch (TypeConversionException e) {
      throw new UserError(e, "--drop: %s", e.getMessage());
    }
    return drops;
  }

  void print(ExportResult result) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s: %,d pictures of %,d people out of %,d photos (%.1f s)%n",
        String.join(", ", result.datasets()),
        result.pictures(),
        result.people(),
        result.photos(),
        result.seconds());
    result.outcomes().forEach((outcome, photos) -> line(out, photos, outcome.inWords()));
    if (result.unchanged() > 0) {
      line(out, result.unchanged(), "files of an earlier run that stayed as they were");
    }
    result
        .unread()
        .forEach(
            input ->
                out.printf("Note: could not be read, its photos count as missing: %s%n", input));
    out.printf("Pictures: %s/manifest.csv%n", result.target());
    out.printf("What became of each photo: %s/lineage.csv%n", result.target());
    out.println(next(result));
    out.flush();
  }

  private static void line(PrintWriter out, long count, String what) {
    out.printf("  %,9d %s%n", count, count == 1 ? what.replaceFirst("s\\b", "") : what);
  }

  private String next(ExportResult result) {
    if (result.pictures() == 0) {
      return "Nothing is left to export; lineage.csv says why.";
    }
    return choosing.withoutPeopleOf.isEmpty()
        ? "Next: "
            + ShellCommand.of(
                "leakage",
                "--lake",
                lake,
                "--train",
                String.join(",", result.datasets()),
                "--test",
                "TESTSET")
        : "Nobody whom dedupe found in %s is in it."
            .formatted(String.join(", ", choosing.withoutPeopleOf));
  }
}
