package facelake.cli;

import facelake.ShellCommand;
import facelake.job.LeakageJob;
import facelake.job.LeakageOptions;
import facelake.job.LeakageResult;
import facelake.spark.Sessions;
import facelake.step.Leaks.Kind;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code leakage}: who and what of a training set stands in a test set. */
@Command(
    name = "leakage",
    header = "Say which people and photos of a training set stand in a test set.",
    description = {
      "A model that has seen the people it is tested on looks better than it is. Looks at what dedupe"
          + " found about people, photos and pairs of identities, and changes nothing.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake dedupe --lake lake",
      "  jobs/facelake leakage --lake lake --train press,actors --test lfw --out leaks.csv",
      "  jobs/facelake export --lake lake --datasets press,actors --without-people-of lfw --to train"
    })
final class LeakageCommand implements Callable<Integer> {
  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @Option(
      names = "--train",
      required = true,
      split = ",",
      paramLabel = "NAME",
      description = "Datasets that a model is trained on, separated by commas.")
  private List<String> train;

  @Option(
      names = "--test",
      required = true,
      split = ",",
      paramLabel = "NAME",
      description = "Datasets that it is tested on, separated by commas.")
  private List<String> test;

  @Option(
      names = "--scope",
      defaultValue = PeopleTable.RESOLVED,
      paramLabel = "SCOPE",
      description =
          "The people: resolved, as dedupe found them (default), or all, as cluster did. Photos and"
              + " pairs of identities are those of dedupe in either.")
  private String scope;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "A new CSV file for the whole list: kind, person_id, train, test, train_photos,"
              + " test_photos, distance, probability.")
  private String out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    LeakageOptions options =
        new LeakageOptions(Lake.at(lake), train, test, scope, Optional.ofNullable(out));
    try (SparkSession spark = Sessions.open("facelake leakage")) {
      LeakageResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result = new LeakageJob(spark, options, progress::phase).execute();
      }
      print(result, options);
    }
    return ExitCode.OK;
  }

  void print(LeakageResult result, LeakageOptions options) {
    PrintWriter lines = spec.commandLine().getOut();
    long people = result.count(Kind.PERSON);
    lines.printf(
        "%s in %s (%.1f s)%n",
        String.join(", ", options.test()), String.join(", ", options.train()), result.seconds());
    lines.printf(
        "  %,9d of %,d people of the test set (%.1f %%)%n",
        people, result.people(), 100.0 * people / result.people());
    lines.printf(
        "  %,9d of %,d photos of the test set with the same bytes%n",
        result.count(Kind.EXACT_PHOTO), result.photos());
    lines.printf("  %,9d in other bytes%n", result.count(Kind.NEAR_PHOTO));
    lines.printf("  %,9d pairs of identities are one person%n", result.count(Kind.SAME_IDENTITY));
    lines.printf(
        "  %,9d pairs of identities may be one person and are for review%n",
        result.count(Kind.REVIEW_IDENTITY));
    for (LeakageResult.Example example : result.examples()) {
      lines.printf(
          "  %s: %s = %s%s%n",
          example.kind().label(),
          example.train(),
          example.test(),
          example.probability() == null
              ? ""
              : "  (probability %.4f)".formatted(example.probability()));
    }
    result
        .unseen()
        .forEach(
            (dataset, faces) ->
                lines.printf(
                    "Note: %,d faces of %s have no person in scope %s, and nothing is said of them;"
                        + " where they were indexed since, run: %s%n",
                    faces, dataset, options.scope(), ShellCommand.of("dedupe", "--lake", lake)));
    options.out().ifPresent(file -> lines.printf("All of them: %s%n", file));
    lines.println(next(result, options));
    lines.flush();
  }

  private String next(LeakageResult result, LeakageOptions options) {
    if (result.counts().isEmpty()) {
      return "Nobody and nothing that dedupe knows of stands on both sides.";
    }
    return "Next: "
        + ShellCommand.of(
            "export",
            "--lake",
            lake,
            "--datasets",
            String.join(",", options.train()),
            "--without-people-of",
            String.join(",", options.test()),
            "--to",
            "FOLDER")
        + (result.count(Kind.REVIEW_IDENTITY) > 0 ? " --drop all" : "");
  }
}
