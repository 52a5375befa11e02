package facelake.cli;

import facelake.ShellCommand;
import facelake.UserError;
import facelake.job.DistanceThreshold;
import facelake.job.ForgetJob;
import facelake.job.ForgetOptions;
import facelake.job.ForgetPlan;
import facelake.job.ForgetResult;
import facelake.match.Subject;
import facelake.model.VerifiedModel;
import facelake.pipeline.PipelineOptions;
import facelake.spark.Sessions;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import java.io.Console;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code forget}: takes a person out of a lake, for good. */
@Command(
    name = "forget",
    header = "Take a person out of a lake and all that was made from it, for good.",
    description = {
      "Deletes all rows about the person, the history of all tables, and what the review sites,"
          + " exports and pages of evaluate models that the lake knows of have of the person; then"
          + " reads everything again and says whether anything is left. Photos themselves stay where"
          + " they are, and index leaves them out from then on; the table forgotten, of salted hashes,"
          + " sees to that.",
      "A photo goes as a whole where it has the label or shows nobody else, and exact copies with it."
          + " What was computed together with the person's rows goes too: run dedupe, cluster, tag and"
          + " review again. A run that was killed is completed by the next one.",
      ""
    },
    footer = {
      "",
      "Ends with 1 where something is left or a folder could not be looked into, and says where.",
      "",
      "Examples:",
      "  jobs/facelake forget --lake lake --identity album-2019/Ann --dry-run",
      "  jobs/facelake forget --lake lake --identity album-2019/Ann --yes",
      "  jobs/facelake forget --lake lake --photo ann.jpg --threshold 0.5"
    })
final class ForgetCommand implements Callable<Integer> {
  private static final String THRESHOLD = "0.6";
  private static final String CONFIRMATION = "forget";

  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @ArgGroup(multiplicity = "1", heading = "%nWho or what, one of:%n")
  private Whom whom;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description =
          "Where --person is from: resolved, as dedupe found people (default), all or dataset:NAME,"
              + " as cluster did.")
  private String scope;

  @Option(
      names = "--threshold",
      paramLabel = "DISTANCE",
      description =
          "With --photo: faces at a smaller distance are taken for the same person (default:"
              + " "
              + THRESHOLD
              + "), and the people whom dedupe made of them with all their faces.")
  private String threshold;

  @Option(names = "--dry-run", description = "Say what would go, and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--yes",
      description = "Do not ask. Without it the word forget is to be typed on a terminal.")
  private boolean yes;

  @ArgGroup(
      validate = false,
      heading = "%nHow the face of --photo is found; as the lake was indexed:%n")
  private final FindingOptions finding = new FindingOptions();

  @ArgGroup(validate = false, heading = "%nHow networks are computed:%n")
  private final ComputeOptions computing = new ComputeOptions();

  @Spec private CommandSpec spec;

  /** One of these. */
  private static final class Whom {
    @Option(
        names = "--person",
        required = true,
        paramLabel = "ID",
        description = "A person_id of people, with all that is labelled as this person.")
    private String person;

    @Option(
        names = "--identity",
        required = true,
        paramLabel = "DATASET/NAME",
        description = "All photos that a dataset has under a name.")
    private String identity;

    @Option(
        names = "--image",
        required = true,
        paramLabel = "URI",
        description = "One photo with all faces in it, and its exact copies.")
    private String image;

    @Option(
        names = "--photo",
        required = true,
        paramLabel = "FILE",
        description =
            "Whoever this photo shows, which need not be in the lake and has one face. This is a"
                + " guess: see what it comes to by --dry-run.")
    private String photo;
  }

  @Override
  public Integer call() throws IOException {
    if (!yes && !dryRun && System.console() == null) {
      throw new UserError(
          "forget cannot be undone, and nobody can be asked here; give --dry-run to see what would"
              + " go, and --yes to do it");
    }
    ForgetOptions options = new ForgetOptions(Lake.at(lake), who());
    List<VerifiedModel> models =
        options.who() instanceof ForgetOptions.Who.Photo photo
            ? finding.models(photo.pipeline())
            : List.of();
    CommandLine line = spec.commandLine();
    ForgetReport report = new ForgetReport(line.getOut());
    try (SparkSession spark = Sessions.open("facelake forget");
        ProgressLine progress = ProgressLine.onTerminalOrLog()) {
      ForgetJob job = new ForgetJob(spark, options, models, progress::phase);
      if (dryRun) {
        ForgetPlan plan = job.look();
        report.plan(plan);
        return plan.notFound() == null ? ExitCode.OK : ExitCode.USAGE;
      }
      Optional<ForgetResult> result = job.execute(plan -> isConfirmed(plan, report));
      if (result.isEmpty()) {
        line.getOut().println("Nothing was changed");
        return ExitCode.OK;
      }
      report.result(result.get());
      line.getOut().println("Next: " + ShellCommand.of("dedupe", "--lake", lake));
      if (!result.get().isProven()) {
        return ExitCode.SOFTWARE;
      }
      return result.get().plan().notFound() == null ? ExitCode.OK : ExitCode.USAGE;
    }
  }

  private boolean isConfirmed(ForgetPlan plan, ForgetReport report) {
    report.plan(plan);
    if (yes) {
      return true;
    }
    Console console = System.console();
    String answer = console.readLine("This cannot be undone. Type %s to go on: ", CONFIRMATION);
    return CONFIRMATION.equals(answer);
  }

  private ForgetOptions.Who who() {
    if (scope != null && whom.person == null) {
      throw new UserError("--scope is where --person is from; give --person with it");
    }
    if (threshold != null && whom.photo == null) {
      throw new UserError("--threshold is for the face of --photo; give --photo with it");
    }
    if (whom.person != null) {
      String of = scope == null ? PeopleTable.RESOLVED : scope;
      if (!PeopleTable.isScope(of)) {
        throw new UserError(
            "--scope is '%s'; it is %s, %s, %sNAME or image:URI",
            of, PeopleTable.RESOLVED, PeopleTable.ALL, PeopleTable.OF_DATASET);
      }
      return new ForgetOptions.Who.Person(whom.person, of);
    }
    if (whom.identity != null) {
      int slash = whom.identity.indexOf('/');
      if (slash < 1 || slash == whom.identity.length() - 1) {
        throw new UserError(
            "--identity is '%s'; give dataset and name, such as album-2019/Ann", whom.identity);
      }
      return new ForgetOptions.Who.Labelled(
          new Subject.Identity(
              whom.identity.substring(0, slash), whom.identity.substring(slash + 1)));
    }
    if (whom.image != null) {
      return new ForgetOptions.Who.Image(whom.image);
    }
    PipelineOptions pipeline = finding.options(computing);
    return new ForgetOptions.Who.Photo(
        whom.photo, pipeline, DistanceThreshold.parse(threshold == null ? THRESHOLD : threshold));
  }
}
