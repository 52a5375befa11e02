package facelake.job;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import facelake.UserError;
import facelake.Version;
import facelake.spark.Phases;
import facelake.spark.Stored;
import facelake.step.export.ExportOrders;
import facelake.step.export.ExportPlan;
import facelake.step.export.PersonFacts;
import facelake.step.export.Standing;
import facelake.step.source.IndexedSources;
import facelake.table.Lake;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a training set: the photos or aligned faces of a lake's people, without copies and wrong
 * labels, and what became of each photo.
 *
 * <p>In: the tables {@code images}, {@code faces}, {@code people}, {@code duplicates}, {@code
 * label_issues} and {@code matches} of a lake, and the photos where they were indexed; neither is
 * changed. Out: a folder with the pictures, {@code manifest.csv} with one line for each of them,
 * and {@code lineage.csv} with what became of every photo; and a row in {@code runs}. The same
 * tables, photos and options give the same bytes. While it runs, a folder of the lake, {@code
 * _export_RUN}, holds the plan.
 *
 * <p>Pictures are written in chunks, each file whole or not at all, and a chunk that is done is
 * noted down in the target; a killed run that is resumed does the chunk again in which it was
 * killed, and any file that is not as long as it should be.
 *
 * <pre>jobs/facelake export --lake DIR --to FOLDER --format webdataset --chips 112</pre>
 */
public final class ExportJob {
  private final SparkSession spark;
  private final ExportOptions options;
  private final Lake lake;
  private final Consumer<String> watcher;
  private final String runId = UUID.randomUUID().toString();

  /**
   * A job that runs once.
   *
   * @param watcher is told each part of the work as it begins
   */
  public ExportJob(SparkSession spark, ExportOptions options, Consumer<String> watcher) {
    this.spark = spark;
    this.options = options;
    this.lake = options.lake();
    this.watcher = watcher;
  }

  /**
   * Exports.
   *
   * @throws UserError when the target is in use or lies in what is exported, when there are no such
   *     people or datasets, and when dedupe has not looked at the datasets
   */
  public ExportResult execute() {
    Instant start = Instant.now();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    lake.requireWritable(hadoop);
    ExportTarget target = ExportTarget.open(options, described(), hadoop);
    requireOutside(target, new Path(lake.root()), "lake");
    try (Phases phases = new Phases(spark, "export", watcher);
        RunClaim claim = RunClaim.shared(lake, "export to " + target.uri(), runId, hadoop);
        ScratchFolder scratch = ScratchFolder.open(lake, "export", runId, hadoop)) {
      phases.begin("choosing photos");
      ExportSelection selection = ExportSelection.of(spark, options);
      SortedMap<String, String> inputs = selection.sources();
      inputs.keySet().forEach(input -> requireOutside(target, IndexedSources.root(input), "input"));
      phases.begin("looking where the photos of %d inputs are now", inputs.size());
      try (IndexedSources sources = IndexedSources.list(spark, inputs)) {
        phases.begin("deciding what becomes of each photo");
        Dataset<Row> plan = plan(selection, sources, scratch);
        Dataset<Row> orders =
            Stored.rows(
                ExportOrders.of(spark, plan, options.format(), options.chipSize()),
                scratch.uri() + "/orders");
        claim.requireHeld();
        target.begin(described(), fingerprint(plan));
        ExportWriter writer = new ExportWriter(spark, options, target, scratch, sources, phases);
        ExportLists lists = new ExportLists(target, plan, orders, writer.write(orders));
        phases.begin("writing the lists");
        lists.write();
        target.finish();
        ExportResult result = lists.result(selection.datasets(), writer, unread(sources), start);
        RunsTable.create(spark, lake).append(run(result, start));
        return result;
      }
    }
  }

  /** What of the inputs could not be looked into. */
  private static List<String> unread(IndexedSources sources) {
    return Stream.concat(
            sources.lost().entrySet().stream()
                .map(lost -> "%s: %s".formatted(lost.getKey(), lost.getValue())),
            sources.warnings().stream())
        .toList();
  }

  private void requireOutside(ExportTarget target, Path other, String what) {
    try {
      if (target.isBelow(other)) {
        throw new UserError(
            "%s lies in the %s %s, which an export does not change; name a folder elsewhere with --to",
            target.uri(), what, other);
      }
    } catch (IOException e) {
      throw new UserError(e, "cannot read the %s %s: %s", what, other, e.getMessage());
    }
  }

  private Dataset<Row> plan(
      ExportSelection selection, IndexedSources sources, ScratchFolder scratch) {
    PersonFacts facts = new PersonFacts(selection.tables(), options.withoutPeopleOf());
    ExportPlan.Unit unit = options.chipSize() > 0 ? ExportPlan.Unit.FACE : ExportPlan.Unit.PHOTO;
    Standing standing =
        new Standing(spark, sources, options.chunkImages(), scratch.uri() + "/read");
    return new ExportPlan(spark, options.rule(), options.scope(), facts, unit)
        .rows(selection.tables(), standing, scratch.uri());
  }

  /** Tells a plan from others, whatever the order of its rows. */
  private static String fingerprint(Dataset<Row> plan) {
    Column[] columns = ExportPlan.content();
    Row all = plan.agg(count(lit(1)), bit_xor(xxhash64(columns))).head();
    return "%d-%016x".formatted(all.getLong(0), all.isNullAt(1) ? 0 : all.getLong(1));
  }

  private Map<String, String> described() {
    Map<String, String> described = options.described();
    described.put("facelake", Version.current());
    return described;
  }

  private RunRecord run(ExportResult result, Instant start) {
    Map<String, String> described = options.described();
    described.put(KnownFolders.TO, result.target());
    described.put("resume", String.valueOf(options.resuming() == ExportOptions.Resuming.RESUME));
    Map<String, Double> figures = new TreeMap<>();
    result.outcomes().forEach((outcome, photos) -> figures.put(outcome.label(), (double) photos));
    figures.put("people", (double) result.people());
    figures.put("pictures", (double) result.pictures());
    String dataset = result.datasets().size() == 1 ? result.datasets().get(0) : null;
    return new RunRecord(
        runId,
        KnownFolders.EXPORT,
        dataset,
        start,
        Duration.between(start, Instant.now()).toMillis() / 1e3,
        new RunRecord.Counts(result.photos(), result.pictures(), null, null, null, null),
        Map.of(),
        Map.of(),
        described,
        null,
        null,
        null,
        null,
        figures,
        Version.current(),
        spark.version());
  }
}
