package facelake.cli;

import facelake.Nearest;
import facelake.UserError;
import facelake.Version;
import facelake.table.StorageFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user what went wrong, and gives the exit code for it. */
final class Failures {
  private static final int BUG = 1;
  private static final int MENDABLE = 2;
  private static final int INTERRUPTED = 130;

  private final PrintWriter err;
  private final BooleanSupplier verbose;
  private final BooleanSupplier interrupted;

  /**
   * Reports to a writer.
   *
   * @param verbose whether stack traces go there, too
   * @param interrupted whether failures are no news, as the process is going down
   */
  Failures(PrintWriter err, BooleanSupplier verbose, BooleanSupplier interrupted) {
    this.err = err;
    this.verbose = verbose;
    this.interrupted = interrupted;
  }

  /** The command line cannot be understood. */
  int wrongUse(ParameterException e, String[] args) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String message = e instanceof UnmatchedArgumentException u ? unknown(u) : e.getMessage();
    err.println("facelake: " + message);
    err.println("See " + command.qualifiedName() + " --help");
    return MENDABLE;
  }

  private static String unknown(UnmatchedArgumentException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String typed = e.getUnmatched().get(0);
    boolean option = typed.startsWith("-");
    boolean subcommand = !option && !command.subcommands().isEmpty();
    Set<String> known = option ? command.optionsMap().keySet() : command.subcommands().keySet();
    return "unknown %s '%s'"
            .formatted(option ? "option" : subcommand ? "command" : "argument", typed)
        + Nearest.question(typed, known);
  }

  /** The command gave up. */
  int failed(Throwable e) {
    if (interrupted.getAsBoolean()) {
      return INTERRUPTED;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserError error) {
        return mendable(error);
      }
    }
    return StorageFault.in(e).map(this::mendable).orElseGet(() -> bug(e));
  }

  private int mendable(UserError e) {
    err.println("facelake: " + e.getMessage());
    if (verbose.getAsBoolean()) {
      e.printStackTrace(err);
    }
    return MENDABLE;
  }

  private int bug(Throwable e) {
    err.println("facelake: this is a bug: " + summary(e));
    if (verbose.getAsBoolean()) {
      e.printStackTrace(err);
    } else {
      writeDetails(e);
    }
    return BUG;
  }

  private void writeDetails(Throwable e) {
    try {
      Path file = Files.createTempFile("facelake-bug-", ".log");
      try (PrintWriter details = new PrintWriter(Files.newBufferedWriter(file))) {
        details.println("facelake " + Version.current());
        e.printStackTrace(details);
      }
      err.println("The details are in " + file);
    } catch (IOException unwritable) {
      e.printStackTrace(err);
    }
  }

  private static String summary(Throwable e) {
    return e.toString().lines().findFirst().orElse("");
  }
}
