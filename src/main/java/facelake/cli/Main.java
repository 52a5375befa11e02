package facelake.cli;

import facelake.UserError;
import facelake.Version;
import facelake.job.BenchmarkJob;
import facelake.pipeline.Aligner;
import facelake.pipeline.Detector;
import facelake.pipeline.Embedder;
import facelake.pipeline.Engine;
import facelake.step.export.ExportFormat;
import java.io.BufferedWriter;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The program {@code facelake}: finds the command, runs it and ends with its exit code. 0: done; 1:
 * a fault of facelake, told in a file that the message names; 2: something that the user can mend;
 * 130: interrupted.
 */
@Command(
    name = "jobs/facelake",
    header = "facelake turns photo collections into Delta tables of faces.",
    synopsisSubcommandLabel = "COMMAND",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    commandListHeading = "%nCommands, in the order of use:%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Main.VersionLine.class,
    scope = ScopeType.INHERIT,
    // One line a command, in the order of use.
    subcommands = {
      ModelsCommand.class,
      IndexCommand.class,
      ClusterCommand.class,
      DedupeCommand.class,
      TagCommand.class,
      SearchCommand.class,
      LeakageCommand.class,
      ExportCommand.class,
      CalibrateCommand.class,
      ReviewCommand.class,
      ForgetCommand.class,
      EvaluateCommand.class,
      TrainCommand.class,
      SqlCommand.class,
      MaintainCommand.class,
      BenchmarkCommand.class,
      QuickstartCommand.class,
    })
public final class Main implements Runnable {
  private static final String[] FIRST_STEPS = {
    "",
    "Start with:",
    "  jobs/facelake models fetch",
    "  jobs/facelake index --input PHOTOS --dataset NAME --lake DIR",
    "  jobs/facelake sql \"SELECT count(*) FROM faces\" --lake DIR",
    "",
    "jobs/facelake COMMAND --help tells what a command can do, with an example."
  };

  private static final int WIDTH = 100;

  /**
   * scheme://user:password@host, or a signed address. A user alone may be what some storage calls a
   * container; digits after a colon are a port.
   */
  private static final Pattern WITH_PASSWORD =
      Pattern.compile(
          "^(--[a-z-]+=)?[A-Za-z][A-Za-z0-9+.-]*://"
              + "([^/@\\s]*:(?!\\d+(/|$))\\S*@|\\S*[?&](X-Amz-Signature|sig)=)");

  /** Names a photo that is in a lake already, under the address that it has there. */
  private static final String IMAGE = "--image";

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Show where an error comes from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs a command and ends the process. */
  public static void main(String[] args) {
    Interruption interruption = Interruption.watched();
    interruption.exit(run(interruption, writer(System.out), writer(System.err), args));
  }

  private static PrintWriter writer(OutputStream stream) {
    Writer bytes = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    return new PrintWriter(ProgressLine.isOnTerminal() ? new VisibleWriter(bytes) : bytes, true);
  }

  /** Runs a command and gives its exit code. */
  static int run(Interruption interruption, PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    Failures failures = new Failures(err, () -> main.verbose, interruption::happened);
    CommandLine line =
        new CommandLine(main)
            .setOut(out)
            .setErr(err)
            .setUsageHelpWidth(WIDTH)
            .setExpandAtFiles(false) // a folder may be called @photos
            .setParameterExceptionHandler(failures::wrongUse)
            .setExecutionExceptionHandler((e, command, parsed) -> failures.failed(e));
    Choice.register(line, Detector.class);
    Choice.register(line, Aligner.class);
    Choice.register(line, Embedder.class);
    Choice.register(line, Engine.class);
    Choice.register(line, ComputeOptions.PrecisionChoice.class);
    Choice.register(line, IndexCommand.Retry.class);
    Choice.register(line, BenchmarkJob.Part.class);
    Choice.register(line, ResultFormat.class);
    Choice.register(line, ExportFormat.class);
    line.getCommandSpec().usageMessage().footer(FIRST_STEPS);
    try {
      if (hasPassword(args)) {
        return failures.failed(
            new UserError(
                "an argument has a password in an address; addresses stand in tables and messages,"
                    + " so give it by the settings of the storage instead (docs/cluster.md)"));
      }
      return line.execute(args);
    } catch (Error e) { // no memory, or a library that cannot be loaded
      return failures.failed(e);
    } finally {
      out.flush();
      err.flush();
    }
  }

  private static boolean hasPassword(String[] args) {
    return IntStream.range(0, args.length)
        .filter(i -> !args[i].startsWith(IMAGE) && (i == 0 || !args[i - 1].equals(IMAGE)))
        .anyMatch(i -> WITH_PASSWORD.matcher(args[i]).find());
  }

  /** Without a command: the short help. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** What {@code --version} prints. */
  static final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"facelake " + Version.current()};
    }
  }
}
