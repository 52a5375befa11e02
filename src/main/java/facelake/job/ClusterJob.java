package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import facelake.match.PhotoRule;
import facelake.spark.GeneratedCode;
import facelake.spark.Phases;
import facelake.step.FindPeople;
import facelake.step.PeopleOptions;
import facelake.step.ScanPlan;
import facelake.step.cells.NearPairs;
import facelake.table.FacesTable;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds out which faces are the same person.
 *
 * <p>In: the table {@code faces} of a lake, whole or one dataset or one photo of it. Out: the rows
 * of that scope in the table {@code people}, one a face, put in the place of the scope's old ones
 * in one commit, and a row in {@code runs}. The same faces and options give the same people with
 * the same ids. While it runs, a folder of the lake, {@code _cluster_RUN}, holds the pairs of near
 * faces.
 *
 * <pre>jobs/facelake cluster --lake DIR --dataset NAME --threshold 0.6</pre>
 */
public final class ClusterJob {
  private static final int SHOWN = 5;

  private final SparkSession spark;
  private final ClusterOptions options;
  private final Lake lake;
  private final Consumer<String> watcher;
  private final String runId = UUID.randomUUID().toString();

  /**
   * A job that runs once.
   *
   * @param watcher is told each part of the work as it begins
   */
  public ClusterJob(SparkSession spark, ClusterOptions options, Consumer<String> watcher) {
    this.spark = spark;
    this.watcher = watcher;
    this.options = options;
    this.lake = options.lake();
  }

  /**
   * Groups the faces and writes the people.
   *
   * @throws facelake.UserError when there are no such faces, or faces of several embedders, or when
   *     the lake cannot be written
   */
  public ClusterResult execute() {
    Instant start = Instant.now();
    try (Phases phases = new Phases(spark, "cluster", watcher)) {
      phases.begin("choosing faces");
      FaceSelection selection =
          FaceSelection.of(FacesTable.open(spark, lake).read(), options.dataset(), options.image());
      OneEmbedder embedder = OneEmbedder.of(selection);
      GeneratedCode.useFor(spark, embedder.faces());
      lake.requireWritable(spark.sparkContext().hadoopConfiguration());
      double threshold =
          options.threshold().of(embedder.embedder(), spark.sparkContext().hadoopConfiguration());
      PeopleTable people = PeopleTable.create(spark, lake);
      Optional<NearPairs.Recall> recall =
          writePeople(selection, embedder, threshold, people, phases);
      phases.begin("summary");
      List<String> notes = SearchLimit.note(recall).stream().toList();
      ClusterResult result = result(selection.scope(), threshold, people, notes, start);
      RunsTable.create(spark, lake).append(run(result, start));
      return result;
    }
  }

  private Optional<NearPairs.Recall> writePeople(
      FaceSelection selection,
      OneEmbedder embedder,
      double threshold,
      PeopleTable table,
      Phases phases) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    ScanPlan plan = ScanPlan.of(embedder.faces(), spark.sparkContext().defaultParallelism());
    PeopleOptions search =
        new PeopleOptions(
            selection.scope(), threshold, options.rule(), options.seed(), options.exactUpTo());
    String work = "cluster of scope " + selection.scope();
    try (RunClaim claim = RunClaim.shared(lake, work, runId, hadoop);
        ScratchFolder scratch = ScratchFolder.open(lake, "cluster", runId, hadoop)) {
      FindPeople.People people =
          new FindPeople(spark, search, plan, phases)
              .people(selection.faces(), embedder.faces(), scratch.uri());
      claim.requireHeld();
      table.replaceScope(
          selection.scope(), complete(people.rows(), selection.scope(), threshold, embedder));
      return people.recall();
    }
  }

  private Dataset<Row> complete(
      Dataset<Row> people, String scope, double threshold, OneEmbedder embedder) {
    return people
        .withColumn(PeopleTable.SCOPE, lit(scope))
        .withColumn(PeopleTable.THRESHOLD, lit((float) threshold))
        .withColumn(PeopleTable.EMBEDDER, lit(embedder.embedder()))
        .withColumn(PeopleTable.RUN_ID, lit(runId))
        .withColumn(PeopleTable.IDENTITY, nothing(PeopleTable.IDENTITY))
        .withColumn(PeopleTable.PART, nothing(PeopleTable.PART))
        .withColumn(PeopleTable.ROLE, nothing(PeopleTable.ROLE));
  }

  private static Column nothing(String column) {
    return lit(null).cast(PeopleTable.SCHEMA.apply(column).dataType());
  }

  private ClusterResult result(
      String scope, double threshold, PeopleTable table, List<String> notes, Instant start) {
    Dataset<Row> people =
        table
            .read()
            .where(col(PeopleTable.SCOPE).equalTo(scope))
            .groupBy(PeopleTable.PERSON_ID)
            .agg(
                first(PeopleTable.SIZE).as(PeopleTable.SIZE),
                min(PeopleTable.URI).as(PeopleTable.URI));
    Row totals =
        people
            .agg(
                sum(PeopleTable.SIZE),
                count(PeopleTable.SIZE),
                count_if(col(PeopleTable.SIZE).equalTo(1)))
            .head();
    return new ClusterResult(
        scope,
        threshold,
        totals.getLong(0),
        totals.getLong(1),
        totals.getLong(2),
        largest(people),
        notes,
        Duration.between(start, Instant.now()).toMillis() / 1e3);
  }

  private static List<ClusterResult.Person> largest(Dataset<Row> people) {
    return people
        .where(col(PeopleTable.SIZE).gt(1))
        .orderBy(desc(PeopleTable.SIZE), col(PeopleTable.PERSON_ID))
        .limit(SHOWN)
        .collectAsList()
        .stream()
        .map(row -> new ClusterResult.Person(row.getString(0), row.getInt(1), row.getString(2)))
        .toList();
  }

  private RunRecord run(ClusterResult result, Instant start) {
    return RunRecord.ofFaces(
        runId,
        "cluster",
        options.dataset().orElse(null),
        start,
        result.faces(),
        Map.of(
            "scope", result.scope(),
            "threshold", options.threshold().described(result.threshold()),
            "allow-same-photo", String.valueOf(options.rule() == PhotoRule.ANY_NUMBER),
            "seed", String.valueOf(options.seed()),
            "exact-up-to", String.valueOf(options.exactUpTo())),
        null,
        spark.version());
  }
}
