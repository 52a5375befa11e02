package facelake.cli;

import facelake.job.ReviewJob;
import facelake.job.ReviewOptions;
import facelake.job.ReviewResult;
import facelake.spark.Sessions;
import facelake.table.Lake;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code review}: a site to look at a lake and to decide on it. */
@Command(
    name = "review",
    header = "Make a site to look at people, merges and doubts, and to decide.",
    description = {
      "Writes a folder with a page for a browser: what the lake holds, people with their faces, proposed"
          + " merges with the evidence, labels in doubt, photos that are there twice, and what failed. It"
          + " opens from the disk, needs no network, and is decided on by keys. What was decided is saved"
          + " as decisions.json, for dedupe --decisions.",
      "Run it again after dedupe: only new faces are cut out of photos.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake review --lake lake --out review --open",
      "  jobs/facelake dedupe --lake lake --decisions decisions.json",
      "  jobs/facelake review --lake lake --out demonstration --blur"
    })
final class ReviewCommand implements Callable<Integer> {
  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "The folder of the site: a new one, or one of an earlier run, which is brought up to date.")
  private String out;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "" + ReviewOptions.USUAL_MOST,
      description =
          "Rows of each section at most: the largest people, the merges that most need a look"
              + " (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(
      names = "--blur",
      description =
          "Hide faces, for demonstrations: the pictures have too few pixels to know anybody.")
  private boolean blur;

  @Option(names = "--open", description = "Open the page in the browser.")
  private boolean open;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    FindingOptions.requireAtLeast("--most", most, 1);
    ReviewOptions options = new ReviewOptions(Lake.at(lake), out, most, blur);
    ReviewResult result;
    try (SparkSession spark = Sessions.open("facelake review");
        ProgressLine progress = ProgressLine.onTerminalOrLog()) {
      result = new ReviewJob(spark, options, progress::phase).execute();
    }
    print(result);
    if (open) {
      Browser.open(result.page(), spec.commandLine().getErr());
    }
    return ExitCode.OK;
  }

  void print(ReviewResult result) {
    PrintWriter printed = spec.commandLine().getOut();
    for (ReviewResult.Shown section : result.sections()) {
      printed.printf(
          "  %,9d %s%s%n",
          section.total(),
          section.rows(),
          section.shown() < section.total()
              ? ", of which %,d are shown; --most shows more".formatted(section.shown())
              : "");
    }
    printed.printf("  %,9d pictures of faces and photos%n", result.pictures());
    new Listed(printed)
        .some(
            "photos cannot be shown",
            result.unseen().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList());
    if (!result.isNoted()) {
      printed.println(
          "Note: the lake cannot be written, so that nothing there says where this site is: forget"
              + " will not find it");
    }
    printed.printf("%.1f s%n", result.seconds());
    printed.printf("Open %s in a browser%n", result.page());
    printed.flush();
  }
}
