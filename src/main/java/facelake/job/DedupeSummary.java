package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import facelake.match.MatchVerdict;
import facelake.match.PersonLineage;
import facelake.step.cells.NearPairs;
import facelake.step.identity.Resolved;
import facelake.table.DuplicatesTable;
import facelake.table.LabelIssuesTable;
import facelake.table.Lake;
import facelake.table.MatchesTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Counts what a {@link DedupeJob} has written. */
final class DedupeSummary {
  private static final int SHOWN = 5;

  private final SparkSession spark;
  private final Lake lake;
  private final List<String> datasets;
  private final long faces;
  private final TakenDecisions taken;

  DedupeSummary(
      SparkSession spark, Lake lake, List<String> datasets, long faces, TakenDecisions taken) {
    this.spark = spark;
    this.lake = lake;
    this.datasets = datasets;
    this.faces = faces;
    this.taken = taken;
  }

  DedupeResult of(
      boolean calibrated,
      DedupeIdentities.Measured identities,
      Resolved resolved,
      PersonLineage.Result lineage,
      Optional<NearPairs.Recall> recall,
      List<String> notes,
      Instant start) {
    Row photos = photos(DuplicatesTable.open(spark, lake).read());
    return new DedupeResult(
        datasets,
        identities.facts().faces(),
        faces - identities.facts().faces(),
        identities.anew(),
        identities.known(),
        resolved.count(),
        resolved.shared(),
        counts(MatchesTable.open(spark, lake).read(), MatchesTable.VERDICT),
        counts(LabelIssuesTable.open(spark, lake).read(), LabelIssuesTable.KIND),
        photos.getLong(0),
        photos.getLong(1),
        lineage.changes().stream()
            .collect(
                Collectors.groupingBy(
                    change -> change.event().label(), TreeMap::new, Collectors.counting())),
        taken.decisions().inForce().size(),
        Stream.of(taken.overruled().stream(), notes.stream(), SearchLimit.note(recall).stream())
            .flatMap(some -> some)
            .toList(),
        calibrated,
        examples(),
        Duration.between(start, Instant.now()).toMillis() / 1e3);
  }

  /** Photos that are there more than once, and those of them under two identities. */
  private static Row photos(Dataset<Row> duplicates) {
    return duplicates
        .where(DuplicatesTable.KEEP)
        .agg(count(lit(1)), count_if(col(DuplicatesTable.CONFLICT)))
        .head();
  }

  private static Map<String, Long> counts(Dataset<Row> rows, String column) {
    Map<String, Long> counts = new TreeMap<>();
    rows.groupBy(column)
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  private List<DedupeResult.Example> examples() {
    return MatchesTable.open(spark, lake)
        .read()
        .where(col(MatchesTable.VERDICT).equalTo(MatchVerdict.SAME.label()))
        .where(col(MatchesTable.PART_A).equalTo(0).and(col(MatchesTable.PART_B).equalTo(0)))
        .orderBy(
            col(MatchesTable.SCORE).desc(),
            col(MatchesTable.IDENTITY_A),
            col(MatchesTable.IDENTITY_B))
        .limit(SHOWN)
        .select(
            named(MatchesTable.DATASET_A, MatchesTable.IDENTITY_A),
            named(MatchesTable.DATASET_B, MatchesTable.IDENTITY_B),
            col(MatchesTable.DISTANCE),
            col(MatchesTable.PROBABILITY))
        .collectAsList()
        .stream()
        .map(
            row ->
                new DedupeResult.Example(
                    row.getString(0), row.getString(1), row.getDouble(2), row.getDouble(3)))
        .toList();
  }

  private static Column named(String dataset, String identity) {
    return concat(col(dataset), lit("/"), col(identity));
  }
}
