package facelake.cli;

import facelake.ShellCommand;
import facelake.job.TrainGenderJob;
import facelake.job.TrainGenderOptions;
import facelake.job.TrainGenderResult;
import facelake.spark.Sessions;
import facelake.table.Lake;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train gender}: a gender classifier on embeddings. */
@Command(
    name = "gender",
    header = "Train a linear gender classifier on the embeddings of a lake.",
    description = {
      "Costs nothing beside the embedding where it is used. The faces are the only ones of images that"
          + " the labels name; index with --crops for one face an image. What is printed is how it"
          + " does on people that it has not seen: those of each fold are asked of a classifier that"
          + " was fitted to the others.",
      ""
    },
    footer = {
      "",
      "labels.csv has the columns image and gender, if wanted person, and one for each kind of group"
          + " that accuracy is told for:",
      "  image,gender,ancestry",
      "  ann/1.jpg,female,asian",
      "",
      "Examples:",
      "  jobs/facelake train gender --lake lake --labels labels.csv --out gender.json",
      "  jobs/facelake train gender --lake lake --labels labels.csv --balance ancestry --out g.json",
      "  jobs/facelake index --input photos --dataset mine --lake lake --gender gender.json"
    })
final class TrainGenderCommand implements Callable<Integer> {
  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @Option(
      names = "--datasets",
      split = ",",
      paramLabel = "NAME",
      description = "Only faces of these datasets, separated by commas (default: all).")
  private List<String> datasets = List.of();

  @Option(
      names = "--labels",
      required = true,
      paramLabel = "CSV",
      description =
          "What is known: image (its file name, with as many folders before it as make it unique),"
              + " gender (male or female), and more, see below.")
  private String labels;

  @Option(
      names = "--balance",
      paramLabel = "COLUMN",
      description =
          "Let each group of this column count alike, however many people it has. Men and women always"
              + " do, and so do people, however many photos they have. Rows without a group are one"
              + " more; each needs 20 men and 20 women.")
  private String balance;

  @Option(
      names = "--folds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Parts that the people are split into (default: ${DEFAULT-VALUE}).")
  private int folds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the split (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--unknown-from",
      paramLabel = "PROBABILITY",
      defaultValue = "0.1",
      description =
          "Give no answer where the probability of male is from here (default: ${DEFAULT-VALUE})")
  private double unknownFrom;

  @Option(
      names = "--unknown-to",
      paramLabel = "PROBABILITY",
      defaultValue = "0.9",
      description = "to here (default: ${DEFAULT-VALUE}).")
  private double unknownTo;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.json",
      description = "The classifier, for index --gender FILE.json.")
  private String out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    TrainGenderOptions options =
        new TrainGenderOptions(
            Lake.at(lake),
            datasets,
            labels,
            Optional.ofNullable(balance),
            folds,
            seed,
            unknownFrom,
            unknownTo,
            out);
    try (SparkSession spark = Sessions.open("facelake train gender")) {
      TrainGenderResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result = new TrainGenderJob(spark, options, progress::phase).execute();
      }
      print(result);
    }
    return ExitCode.OK;
  }

  private void print(TrainGenderResult result) {
    PrintWriter printed = spec.commandLine().getOut();
    TrainGenderResult.Data data = result.data();
    printed.printf(
        "Trained on %,d faces of %,d people, embedded by %s (%.1f s)%n",
        data.faces(), data.people(), result.embedder(), result.seconds());
    new Listed(printed)
        .some("of the images of " + labels + " have no face in the lake", data.withoutFace());
    if (data.withSeveral() > 0) {
      printed.printf(
          "%,d images have several faces and were left out; index with --crops for one each%n",
          data.withSeveral());
    }
    printed.printf(
        "  regularisation %s, log loss %.4f on unseen people%n%n",
        result.regularisation(), result.logLoss());
    new GenderScoresReport(printed).print(Map.of("unseen people", result.scores()));
    printed.printf("%nWritten: %s%n", out);
    printed.println(
        "Next: "
            + ShellCommand.of(
                "index",
                "--input",
                "PHOTOS",
                "--dataset",
                "NAME",
                "--lake",
                "DIR",
                "--gender",
                out.toString()));
    printed.flush();
  }
}
