package facelake.cli;

import facelake.ShellCommand;
import facelake.UserError;
import facelake.eval.Calibration;
import facelake.eval.Rate;
import facelake.job.CalibrateJob;
import facelake.job.CalibrateOptions;
import facelake.job.CalibrateOptions.Source;
import facelake.job.CalibrateResult;
import facelake.job.CalibrateResult.Calibrated;
import facelake.spark.Sessions;
import facelake.table.Lake;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code calibrate}: the threshold for a wanted rate of false matches. */
@Command(
    name = "calibrate",
    header = "Find the threshold for a wanted rate of false matches.",
    description = {
      "Measures pairs of faces of which it is known who they show, and finds the distance under which"
          + " no more than the wanted share of the pairs of two people lie: for each embedder, and for"
          + " groups of people. Needs photos of people like yours, under the right names.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake calibrate --lake lake --out calibration.json",
      "  jobs/facelake calibrate --pairs scores/pairs-resnet-v1.csv --fmr 1e-2",
      "  jobs/facelake calibrate --lake lake --faces 2000 --groups groups.csv --out calibration.json",
      "  jobs/facelake cluster --lake lake --threshold calibrated:calibration.json"
    })
final class CalibrateCommand implements Callable<Integer> {
  private static final double USUAL_RATE = 1e-4;
  private static final int LEAST_SAMPLE = 100;
  private static final int LARGEST_SAMPLE = 50_000;

  @ArgGroup(multiplicity = "1")
  private Pairs pairs;

  @Option(
      names = "--datasets",
      split = ",",
      paramLabel = "NAME",
      description = "Of the lake, only these datasets, separated by commas (default: all).")
  private List<String> datasets = List.of();

  @Option(
      names = "--sample-faces",
      paramLabel = "N",
      defaultValue = "20000",
      description =
          "Of the lake, draw N faces at most, whole identities at a time, and compare each with each"
              + " (default: ${DEFAULT-VALUE}).")
  private int sampleFaces;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the draw (default: ${DEFAULT-VALUE}).")
  private long seed;

  @ArgGroup private Wanted wanted;

  @Option(
      names = "--groups",
      paramLabel = "CSV",
      description =
          "What is known of the people: a column image and one for each kind of group; each group gets"
              + " a threshold of its own.")
  private String groups;

  @Option(
      names = "--out",
      paramLabel = "FILE.json",
      description = "The thresholds, for --threshold calibrated:FILE.json.")
  private String out;

  @Spec private CommandSpec spec;

  /** Whose pairs are measured. */
  private static final class Pairs {
    @Option(
        names = "--lake",
        required = true,
        paramLabel = "DIR",
        description =
            "Faces of a lake that have an identity: those of one are one person, those of two"
                + " identities of one dataset are two.")
    private String lake;

    @Option(
        names = "--pairs",
        required = true,
        arity = "1..*",
        paramLabel = "FILE",
        description =
            "Files of pairs with their distances, as evaluate lfw writes them; the folder of an image"
                + " says who it shows.")
    private List<String> files;
  }

  /** How many false matches are wanted. */
  private static final class Wanted {
    @Option(
        names = "--fmr",
        paramLabel = "RATE",
        description =
            "The share of the pairs of two people that may match by mistake (default: 1e-4).")
    private Double rate;

    @ArgGroup(exclusive = false)
    private Among among;
  }

  /** So many false pairs among so many faces. */
  private static final class Among {
    @Option(
        names = "--faces",
        required = true,
        paramLabel = "N",
        description = "Or: among N faces of as many people, each compared with each,")
    private long faces;

    @Option(
        names = "--false-pairs",
        paramLabel = "N",
        defaultValue = "1",
        description = "N pairs may match by mistake (default: ${DEFAULT-VALUE}).")
    private double falsePairs;

    double rate() {
      FindingOptions.requireAtLeast("--faces", faces, 2);
      if (!(falsePairs > 0)) {
        throw new UserError("--false-pairs is %s; give a number over 0", falsePairs);
      }
      return falsePairs / (0.5 * faces * (faces - 1));
    }
  }

  @Override
  public Integer call() throws IOException {
    CalibrateOptions options =
        new CalibrateOptions(
            source(), rate(), Optional.ofNullable(groups), Optional.ofNullable(out));
    try (SparkSession spark = Sessions.open("facelake calibrate")) {
      CalibrateResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result = new CalibrateJob(spark, options, progress::phase).execute();
      }
      print(result);
    }
    return ExitCode.OK;
  }

  private Source source() {
    if (pairs.files != null) {
      if (!datasets.isEmpty()) {
        throw new UserError("--datasets are those of a lake; leave it out with --pairs");
      }
      return new Source.OfFiles(pairs.files);
    }
    if (sampleFaces < LEAST_SAMPLE || sampleFaces > LARGEST_SAMPLE) {
      throw new UserError(
          "--sample-faces is %,d; give %,d to %,d", sampleFaces, LEAST_SAMPLE, LARGEST_SAMPLE);
    }
    return new Source.OfLake(Lake.at(pairs.lake), datasets, sampleFaces, seed);
  }

  private double rate() {
    if (wanted == null) {
      return USUAL_RATE;
    }
    return wanted.rate != null ? wanted.rate : wanted.among.rate();
  }

  void print(CalibrateResult result) {
    PrintWriter printed = spec.commandLine().getOut();
    printed.printf("Thresholds for a false match rate of %s%n%n", number(result.falseMatchRate()));
    new TextTable(
            new String[] {
              "embedder",
              "people",
              "threshold",
              "from",
              "to",
              "basis",
              "false matches",
              "false non-matches",
              "faces",
              "pairs of one",
              "pairs of two"
            },
            new boolean[] {false, false, true, true, true, false, true, true, true, true, true})
        .print(result.thresholds().stream().map(CalibrateCommand::row).toList(), printed);
    printed.println(
        "In brackets and from - to: 95 % intervals, pairs that share a person taken together.");
    result.thresholds().forEach(one -> warn(one, printed));
    if (out != null) {
      printed.printf("%nWritten: %s%n", out);
      if (result.thresholds().stream()
          .anyMatch(one -> one.isForAll() && one.calibration().threshold() > 0)) {
        printed.println(
            "Next: "
                + ShellCommand.of(
                    "cluster",
                    "--lake",
                    pairs.lake == null ? "DIR" : pairs.lake,
                    "--threshold",
                    "calibrated:" + out));
      }
    }
    printed.printf("%.1f s%n", result.seconds());
    printed.flush();
  }

  private static String[] row(Calibrated one) {
    Calibration calibration = one.calibration();
    return new String[] {
      one.embedder(),
      name(one),
      distance(calibration.threshold()),
      distance(calibration.from()),
      distance(calibration.to()),
      calibration.basis().toString(),
      text(calibration.falseMatchRate()),
      text(calibration.falseNonMatchRate()),
      "%,d of %,d".formatted(one.faces(), one.people()),
      "%,d".formatted(one.genuinePairs()),
      "%,d".formatted(one.impostorPairs())
    };
  }

  private static String name(Calibrated one) {
    return one.isForAll() ? "all" : one.kind() + "=" + one.group();
  }

  private static void warn(Calibrated one, PrintWriter out) {
    String of = one.embedder() + (one.isForAll() ? "" : ", " + name(one));
    switch (one.calibration().basis()) {
      case MEASURED -> {}
      case FEW ->
          out.printf(
              "Warning: %s: so few false matches, or of so few people, that the threshold may be off;"
                  + " take more people or a larger --fmr%n",
              of);
      case EXTRAPOLATED ->
          out.printf(
              "Warning: %s: %,d pairs of two people cannot show so small a rate; the threshold is"
                  + " continued from the nearest of them, beyond anything measured%n",
              of, one.impostorPairs());
      case NOTHING ->
          out.printf(
              "Warning: %s: %,d pairs of two people say nothing of so small a rate, or more of them than"
                  + " that are copies of one photo under two names; there is no threshold%n",
              of, one.impostorPairs());
    }
  }

  private static String distance(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String text(Rate rate) {
    return Double.isNaN(rate.value())
        ? "-"
        : "%s [%s, %s]".formatted(number(rate.value()), number(rate.lower()), number(rate.upper()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
