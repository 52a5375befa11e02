package facelake.cli;

import facelake.ShellCommand;
import facelake.job.DedupeJob;
import facelake.job.DedupeOptions;
import facelake.job.DedupeResult;
import facelake.match.LabelIssue;
import facelake.match.MatchVerdict;
import facelake.match.PersonLineage;
import facelake.spark.Sessions;
import facelake.step.cells.CellPlan;
import facelake.table.Lake;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dedupe}: which identities of which datasets are one person. */
@Command(
    name = "dedupe",
    header = "Find out who stands in several datasets, and which labels are wrong.",
    description = {
      "Compares the identities of datasets: labels, and clusters where there are none. Writes the"
          + " photos that are there twice (duplicates), the evidence on pairs of identities"
          + " (matches), labels that do not fit (label_issues), and the person of every face"
          + " (people), and keeps the ids of people from run to run. Changes no photo and no label.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake dedupe --lake lake",
      "  jobs/facelake dedupe --lake lake --datasets actors,press --decisions decisions.csv"
    })
final class DedupeCommand implements Callable<Integer> {
  /** What became of people of the run before, in words. */
  private static final Map<String, String> CHANGES =
      Map.of(
          PersonLineage.Event.MERGED.label(), "people of the run before are part of others now",
          PersonLineage.Event.SPLIT.label(),
              "parts of people of the run before are other people now",
          PersonLineage.Event.ENDED.label(), "people of the run before have no face left");

  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @Option(
      names = "--datasets",
      split = ",",
      paramLabel = "NAME",
      description = "Only these datasets, separated by commas (default: all).")
  private List<String> datasets = List.of();

  @Option(
      names = "--within",
      description =
          "Look for people who stand twice in one dataset, too. Without it two labels of one dataset"
              + " are two people, as the dataset says.")
  private boolean within;

  @Option(
      names = "--unique-identities",
      split = ",",
      paramLabel = "NAME",
      description =
          "With --within: datasets in which no two labels are ever one person, separated by commas.")
  private List<String> uniqueIdentities = List.of();

  @Option(
      names = "--decisions",
      paramLabel = "FILE",
      description =
          "What people decided (CSV or JSON, see docs/tables.md). Kept in the lake, and stronger"
              + " than any evidence in this and every later run.")
  private String decisions;

  @Option(
      names = "--expected-false-merges",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Take pairs for one person down to the score at which so many pairs of different people"
              + " are expected in the whole run (default: ${DEFAULT-VALUE}). Less is stricter; what"
              + " lies below is for review.")
  private double expectedFalseMerges;

  @Option(
      names = "--threshold",
      paramLabel = "DISTANCE",
      description =
          "Take no pair for one person by its score whose nearest measured faces are this far apart; it"
              + " is for review, unless a copy, a decision or others join it. A distance, or"
              + " calibrated:FILE of calibrate (default: no such limit).")
  private String threshold;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of what is drawn (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--exact-up-to",
      paramLabel = "N",
      defaultValue = "" + CellPlan.EXACT_UP_TO,
      description =
          "Compare all identities with all up to N of them, counting each second person under one"
              + " label. Of more, compare each with those in the nearest cells of the space only, and"
              + " tell how many pairs that finds"
              + " (default: ${DEFAULT-VALUE}).")
  private long exactUpTo;

  @Option(
      names = "--afresh",
      description =
          "Measure all identities anew, against a cohort that is drawn anew, and compare all with all."
              + " Without it those whose faces an earlier run has measured are not measured again, and"
              + " only new ones are compared with all.")
  private boolean afresh;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    DedupeOptions options =
        DedupeOptions.builder(Lake.at(lake))
            .datasets(datasets)
            .within(within)
            .uniqueIdentities(uniqueIdentities)
            .decisions(decisions)
            .expectedFalseMerges(expectedFalseMerges)
            .threshold(threshold)
            .seed(seed)
            .exactUpTo(exactUpTo)
            .afresh(afresh)
            .build();
    try (SparkSession spark = Sessions.open("facelake dedupe")) {
      DedupeResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result = new DedupeJob(spark, options, progress::phase).execute();
      }
      print(result);
    }
    return ExitCode.OK;
  }

  void print(DedupeResult result) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s: %,d faces of %,d identities are %,d people (%.1f s)%n",
        String.join(", ", result.datasets()),
        result.faces(),
        result.identities(),
        result.people(),
        result.seconds());
    line(
        out,
        result.measured(),
        "identities measured; %,d were known from earlier runs".formatted(result.known()));
    line(out, result.shared(), "people who stand in two datasets or more");
    line(out, result.verdicts(), MatchVerdict.SAME.label(), "pairs of identities are one person");
    line(out, result.verdicts(), MatchVerdict.REVIEW.label(), "pairs that a person should look at");
    line(out, result.issues(), LabelIssue.OUTLIER.label(), "faces that do not fit their label");
    line(
        out, result.issues(), LabelIssue.SPLIT.label(), "faces of a second person under one label");
    optional(
        out,
        result.issues().getOrDefault(LabelIssue.GENDER.label(), 0L),
        "faces that surely look like another gender than the rest of their label");
    line(out, result.issues(), LabelIssue.TINY.label(), "identities with one face");
    line(out, result.duplicatePhotos(), "photos that are there more than once");
    optional(out, result.conflicts(), "of these under two identities of one dataset");
    result.changes().forEach((event, count) -> optional(out, count, CHANGES.get(event)));
    optional(out, result.decisions(), "decisions of people in force");
    optional(
        out,
        result.leftOut(),
        "faces left out: they have no identity, and no cluster (jobs/facelake cluster --dataset)");
    for (DedupeResult.Example pair : result.examples()) {
      out.printf(
          "  %s = %s  (distance %.2f, probability %.4f)%n",
          pair.a(), pair.b(), pair.distance(), pair.probability());
    }
    if (!result.calibrated()) {
      out.println(
          "There are too few identities to learn from what a score means; what LFW showed stands in.");
    }
    result.notes().forEach(note -> out.println("Note: " + note));
    String query =
        "SELECT dataset_a, identity_a, part_a, dataset_b, identity_b, part_b, distance, probability,"
            + " verdict, reason FROM matches ORDER BY score DESC";
    out.println("Next: " + ShellCommand.of("sql", query, "--lake", lake));
    out.flush();
  }

  private static void line(PrintWriter out, Map<String, Long> counts, String key, String text) {
    line(out, counts.getOrDefault(key, 0L), text);
  }

  private static void line(PrintWriter out, long count, String text) {
    out.printf("  %,9d %s%n", count, text);
  }

  private static void optional(PrintWriter out, long count, String text) {
    if (count > 0) {
      line(out, count, text);
    }
  }
}
