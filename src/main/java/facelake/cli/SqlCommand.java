package facelake.cli;

import facelake.UserError;
import facelake.job.SqlJob;
import facelake.spark.Sessions;
import facelake.table.Lake;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sql}: asks the tables of a lake. */
@Command(
    name = "sql",
    header = "Ask the tables of a lake in SQL.",
    description = {
      "Every Delta table of the lake is a view: images, faces, people, runs and your own."
          + " SHOW TABLES and DESCRIBE faces tell what there is. Nothing is ever written.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake sql \"SELECT dataset, count(*) FROM faces GROUP BY dataset\" --lake lake",
      "  jobs/facelake sql \"SELECT * FROM images\" --lake lake --format csv > images.csv"
    })
final class SqlCommand implements Callable<Integer> {
  @Parameters(paramLabel = "QUERY", description = "One SQL statement that reads, quoted.")
  private String query;

  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = {
        "table (default): aligned, long values abbreviated;",
        "csv: RFC 4180 with a header, nested values as JSON;",
        "json: JSON lines, one object a row."
      })
  private ResultFormat format;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most N rows. Default: 1000 as a table, all otherwise.")
  private Integer limit;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (limit != null && limit < 1) {
      throw new UserError("--limit is %d; give at least 1", limit);
    }
    try (SparkSession spark = Sessions.open("facelake sql")) {
      SqlJob job = new SqlJob(spark, new SqlJob.Options(Lake.at(lake), query));
      CommandLine line = spec.commandLine();
      new ResultPrinter(line.getOut(), line.getErr()).print(job.execute(), format, limit);
    }
    return ExitCode.OK;
  }
}
