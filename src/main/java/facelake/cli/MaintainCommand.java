package facelake.cli;

import facelake.job.MaintainJob;
import facelake.job.MaintainResult;
import facelake.spark.Sessions;
import facelake.table.Lake;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code maintain}: fewer, larger files, and no history that is older than wanted. */
@Command(
    name = "maintain",
    header = "Put the files of a lake in order.",
    description = {
      "Every run adds files, and rows that were replaced stay in old ones. Puts small files together"
          + " (Delta's OPTIMIZE, which keeps the statistics by which files are passed over) and removes"
          + " those of old versions (VACUUM). Rows stay as they are; versions that are older than"
          + " --keep-days cannot be read any more. No other run may be at work on the lake.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake maintain --lake lake",
      "  jobs/facelake maintain --lake lake --keep-days 30"
    })
final class MaintainCommand implements Callable<Integer> {
  private static final double MEGABYTE = 1e6;

  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @Option(
      names = "--keep-days",
      paramLabel = "N",
      defaultValue = "7",
      description =
          "Keep versions that are up to N days old (default: ${DEFAULT-VALUE}). With 0 whoever reads"
              + " the lake meanwhile, in a notebook say, may find files gone.")
  private int keepDays;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    FindingOptions.requireAtLeast("--keep-days", keepDays, 0);
    try (SparkSession spark = Sessions.open("facelake maintain")) {
      MaintainResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result =
            new MaintainJob(spark, Lake.at(lake), Duration.ofDays(keepDays), progress::phase)
                .execute();
      }
      print(result);
    }
    return ExitCode.OK;
  }

  void print(MaintainResult result) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%,d tables (%.1f s)%n", result.tables().size(), result.seconds());
    for (MaintainResult.Table table : result.tables()) {
      out.printf(
          "  %-15s %,6d files, before %,d; %,.2f MB in them, %,.2f MB on disk with old versions, before %,.2f%n",
          table.name(),
          table.after().files(),
          table.before().files(),
          table.after().bytes() / MEGABYTE,
          table.diskAfter() / MEGABYTE,
          table.diskBefore() / MEGABYTE);
    }
    out.flush();
  }
}
