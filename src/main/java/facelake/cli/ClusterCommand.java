package facelake.cli;

import facelake.ShellCommand;
import facelake.job.ClusterJob;
import facelake.job.ClusterOptions;
import facelake.job.ClusterResult;
import facelake.job.DistanceThreshold;
import facelake.match.PhotoRule;
import facelake.spark.Sessions;
import facelake.step.cells.CellPlan;
import facelake.table.Lake;
import facelake.table.SqlText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cluster}: which faces are the same person. */
@Command(
    name = "cluster",
    header = "Find out which faces are the same person.",
    description = {
      "Needs no labels. Links faces at a small distance, of the whole lake, of one dataset or of"
          + " one photo, and writes the people that come out to the table people, in the place of"
          + " what was found for the same choice before.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake cluster --lake lake --dataset johns",
      "  jobs/facelake cluster --lake lake --image bald_guys.jpg --allow-same-photo",
      "  jobs/facelake cluster --lake lake --threshold calibrated:calibration.json"
    })
final class ClusterCommand implements Callable<Integer> {
  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @Option(names = "--dataset", paramLabel = "NAME", description = "Only faces of this dataset.")
  private String dataset;

  @Option(
      names = "--image",
      paramLabel = "URI",
      description = "Only faces of this photo: its uri, a local path, or the end of the uri.")
  private String image;

  @Option(
      names = "--threshold",
      paramLabel = "DISTANCE",
      defaultValue = "0.6",
      description =
          "Faces at a smaller distance are linked (default: ${DEFAULT-VALUE}). Smaller is stricter:"
              + " fewer strangers in one person, more people found twice. calibrated:FILE takes what"
              + " calibrate found for the embedder of the faces, calibrated:FILE#KIND=GROUP for a"
              + " group of people.")
  private String threshold;

  @Option(
      names = "--allow-same-photo",
      description =
          "Let two faces of one photo be one person, as in a collage. Without it they never are.")
  private boolean allowSamePhoto;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the grouping (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--exact-up-to",
      paramLabel = "N",
      defaultValue = "" + CellPlan.EXACT_UP_TO,
      description =
          "Compare all faces with all up to N of them. Of more faces, compare each with those in the"
              + " nearest cells of the space only, and tell how many pairs that finds"
              + " (default: ${DEFAULT-VALUE}).")
  private long exactUpTo;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ClusterOptions options =
        new ClusterOptions(
            Lake.at(lake),
            Optional.ofNullable(dataset),
            Optional.ofNullable(image),
            DistanceThreshold.parse(threshold),
            allowSamePhoto ? PhotoRule.ANY_NUMBER : PhotoRule.ONCE_A_PHOTO,
            seed,
            exactUpTo);
    try (SparkSession spark = Sessions.open("facelake cluster")) {
      ClusterResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result = new ClusterJob(spark, options, progress::phase).execute();
      }
      print(result);
    }
    return ExitCode.OK;
  }

  private static String people(long count) {
    return count == 1 ? "person" : "people";
  }

  void print(ClusterResult result) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s: %,d faces are %,d %s at a threshold of %s (%.1f s)%n",
        result.scope(),
        result.faces(),
        result.people(),
        people(result.people()),
        (float) result.threshold(),
        result.seconds());
    out.printf("  %,9d %s with two faces or more%n", result.groups(), people(result.groups()));
    out.printf("  %,9d faces that are alone%n", result.singletons());
    for (ClusterResult.Person person : result.largest()) {
      out.printf(
          "  %s  %,d faces, one of them in %s%n",
          person.personId(), person.size(), person.exampleUri());
    }
    result.notes().forEach(note -> out.println("Note: " + note));
    if (image != null && !allowSamePhoto) {
      out.println("Faces of one photo are kept apart; for a collage add --allow-same-photo.");
    }
    String query =
        "SELECT person_id, size, uri FROM people WHERE scope = %s ORDER BY size DESC, person_id"
            .formatted(SqlText.literal(result.scope()));
    out.println("Next: " + ShellCommand.of("sql", query, "--lake", lake));
    out.flush();
  }
}
