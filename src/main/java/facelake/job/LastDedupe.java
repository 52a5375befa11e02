package facelake.job;

import static org.apache.spark.sql.functions.col;

import facelake.ShellCommand;
import facelake.UserError;
import facelake.table.DuplicatesTable;
import facelake.table.LabelIssuesTable;
import facelake.table.Lake;
import facelake.table.MatchesTable;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What the last {@link DedupeJob} of a lake left, for jobs that build on it.
 *
 * @param datasets those that it compared, sorted
 * @param duplicates rows of {@link DuplicatesTable}
 * @param labelIssues rows of {@link LabelIssuesTable}
 * @param matches rows of {@link MatchesTable}
 */
record LastDedupe(
    Lake lake,
    List<String> datasets,
    Dataset<Row> duplicates,
    Dataset<Row> labelIssues,
    Dataset<Row> matches) {

  /**
   * The last one.
   *
   * @throws UserError when there was none, or when tables are of one that did not end
   */
  static LastDedupe of(SparkSession spark, Lake lake) {
    boolean anyRun =
        lake.tables(spark.sparkContext().hadoopConfiguration()).contains(RunsTable.NAME);
    RunRecord last =
        (anyRun ? RunsTable.open(spark, lake).records() : List.<RunRecord>of())
            .stream()
                .filter(run -> run.command().equals("dedupe"))
                .reduce((earlier, later) -> later)
                .orElseThrow(
                    () ->
                        new UserError(
                            "lake %s has no answers of dedupe, which say who is who and which photos"
                                + " are copies; run: %s (with --within for a single dataset)",
                            lake.root(), dedupe(lake)));
    LastDedupe found =
        new LastDedupe(
            lake,
            new ArrayList<>(new TreeSet<>(List.of(last.options().get("datasets").split(",")))),
            DuplicatesTable.open(spark, lake).read(),
            LabelIssuesTable.open(spark, lake).read(),
            MatchesTable.open(spark, lake).read());
    found.requireRun(last.runId());
    return found;
  }

  private void requireRun(String runId) {
    for (Dataset<Row> table : List.of(duplicates, labelIssues, matches)) {
      List<String> others =
          table
              .where(col(DuplicatesTable.RUN_ID).notEqual(runId))
              .select(DuplicatesTable.RUN_ID)
              .as(Encoders.STRING())
              .takeAsList(1);
      if (!others.isEmpty()) {
        throw new UserError(
            "a run of dedupe, %s, did not end and left tables of two runs in lake %s; run it again:"
                + " %s",
            others.get(0), lake.root(), dedupe(lake));
      }
    }
  }

  /**
   * Makes sure that the run looked at datasets.
   *
   * @throws UserError when it did not
   */
  void requireIncludes(List<String> asked) {
    List<String> missing = asked.stream().filter(name -> !datasets.contains(name)).toList();
    if (!missing.isEmpty()) {
      TreeSet<String> all = new TreeSet<>(datasets);
      all.addAll(missing);
      throw new UserError(
          "the last dedupe was of %s and did not look at %s; run: %s",
          String.join(", ", datasets),
          String.join(", ", missing),
          dedupe(lake, "--datasets", String.join(",", all)));
    }
  }

  private static String dedupe(Lake lake, String... options) {
    return ShellCommand.of(
        Stream.concat(Stream.of("dedupe", "--lake", lake.root()), Stream.of(options))
            .toArray(String[]::new));
  }
}
