package facelake.job;

import facelake.UserError;
import facelake.Version;
import facelake.model.VerifiedModel;
import facelake.spark.Phases;
import facelake.step.forget.Forgotten;
import facelake.step.forget.Mentions;
import facelake.step.forget.Traces;
import facelake.table.ForgottenTable;
import facelake.table.Lake;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Takes people out of a lake and out of the folders that were made from it, for good.
 *
 * <p>In: all tables of a lake, and the review sites, exports and pages that its runs wrote. Out:
 * the same without the person, in the current version and, as nothing of the history is kept, in
 * any other; the table {@code forgotten}, by which {@code index} keeps the person out; and a row in
 * {@code runs} that counts. Rows that were computed together with the person's go too; {@code
 * dedupe}, {@code cluster} and {@code tag} make them anew.
 *
 * <p>What is to go is written down in the lake first and removed last, so that a killed run is
 * completed by the next one. No other run may be at work on the lake.
 *
 * <pre>jobs/facelake forget --lake DIR --identity DATASET/NAME</pre>
 */
public final class ForgetJob {
  private final SparkSession spark;
  private final Lake lake;
  private final ForgetOptions options;
  private final List<VerifiedModel> models;
  private final Consumer<String> watcher;
  private final String runId = UUID.randomUUID().toString();
  private final Instant start = Instant.now();

  /**
   * A job that runs once.
   *
   * @param models the files that a photo needs, else empty
   * @param watcher is told each part of the work as it begins
   */
  public ForgetJob(
      SparkSession spark,
      ForgetOptions options,
      List<VerifiedModel> models,
      Consumer<String> watcher) {
    this.spark = spark;
    this.options = options;
    this.lake = options.lake();
    this.models = models;
    this.watcher = watcher;
  }

  /**
   * Says what would go; changes nothing.
   *
   * @throws UserError when the lake has nobody like that
   */
  public ForgetPlan look() {
    try (Phases phases = new Phases(spark, "forget", watcher)) {
      phases.begin("looking for the person");
      Optional<Traces> unfinished = new UnfinishedForget(lake, hadoop()).read();
      ForgetSelection selection = new ForgetSelection(spark, lake);
      Traces traces = found(selection, unfinished);
      phases.begin("counting rows and files");
      Mentions mentions = traces.mentions();
      return new ForgetPlan(
          traces.faces().size(),
          traces.uris().size(),
          selection.guesses(),
          new ForgetTables(spark, lake, traces).count(),
          KnownFolders.of(spark, lake).stream()
              .map(folder -> ForgetFolder.look(folder, mentions, hadoop()))
              .toList(),
          selection.notes(),
          unfinished.isPresent(),
          traces);
    }
  }

  /** Where a killed run has begun, the person may be in no table any more. */
  private Traces found(ForgetSelection selection, Optional<Traces> unfinished) {
    try {
      Traces traces = selection.of(options.who(), models);
      return unfinished.map(traces::and).orElse(traces);
    } catch (UserError e) {
      return unfinished.orElseThrow(() -> e);
    }
  }

  /**
   * Forgets, and reads everything back.
   *
   * @param confirmed asked once what is to go is known; no other run can begin meanwhile
   * @return nothing where it was not confirmed
   * @throws UserError when the lake has nobody like that, and while another run is at work on it
   */
  public Optional<ForgetResult> execute(Predicate<ForgetPlan> confirmed) {
    lake.requireWritable(hadoop());
    try (RunClaim claim = RunClaim.exclusive(lake, "forget", runId, hadoop())) {
      ForgetPlan plan = look();
      if (!confirmed.test(plan)) {
        return Optional.empty();
      }
      claim.requireHeld();
      claim.removeOthers();
      return Optional.of(forget(plan));
    }
  }

  private ForgetResult forget(ForgetPlan plan) {
    UnfinishedForget unfinished = new UnfinishedForget(lake, hadoop());
    Traces traces = plan.traces();
    Mentions mentions = traces.mentions();
    Instant begun = Instant.now();
    try (Phases phases = new Phases(spark, "forget", watcher)) {
      removeScratch();
      unfinished.write(traces);
      phases.begin("keeping the person out");
      Forgotten forgotten = Forgotten.read(spark, lake);
      ForgottenTable.create(spark, lake).addNew(forgotten.rows(traces, runId, start));
      List<ForgetFolder.Found> folders = new ArrayList<>();
      for (ForgetFolder.Found folder : plan.folders()) {
        phases.begin("cleaning %s", folder.uri());
        folders.add(ForgetFolder.forget(folder.uri(), mentions, hadoop()));
      }
      ForgetTables tables = new ForgetTables(spark, lake, traces);
      tables.delete(plan.rows(), phases);
      List<String> purged = tables.purge(phases);
      phases.begin("reading everything again");
      SortedMap<String, Long> searched = new TreeMap<>();
      List<String> left = new ArrayList<>();
      ForgetProof proof = new ForgetProof(spark, lake, mentions);
      left.addAll(proof.search());
      searched.put(lake.root(), proof.searched());
      for (ForgetFolder.Found folder : folders) {
        searched.put(folder.uri(), ForgetFolder.search(folder.uri(), mentions, hadoop(), left));
      }
      new ForgetTables(spark, lake, traces)
          .count()
          .forEach((table, rows) -> left.add("%,d rows of table %s".formatted(rows, table)));
      unfinished.remove();
      ForgetResult result =
          new ForgetResult(
              plan.rows(),
              purged,
              folders,
              searched,
              left,
              Duration.between(begun, Instant.now()).toMillis() / 1e3);
      RunsTable.create(spark, lake).append(run(plan, result));
      return result;
    }
  }

  private void removeScratch() {
    try {
      ScratchFolder.removeAll(lake, hadoop());
    } catch (IOException e) {
      throw new UserError(
          e, "cannot remove what killed runs have left in %s: %s", lake.root(), e.getMessage());
    }
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  /** Counts only: the row is not to name whom it was about. */
  private RunRecord run(ForgetPlan plan, ForgetResult result) {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("photos", (double) plan.photos());
    figures.put("left", (double) result.left().size());
    result.rows().forEach((table, rows) -> figures.put("rows of " + table, (double) rows));
    return new RunRecord(
        runId,
        "forget",
        null,
        start,
        result.seconds(),
        new RunRecord.Counts(null, (long) plan.faces(), null, null, null, null),
        Map.of(),
        Map.of(),
        Map.of(),
        null,
        null,
        null,
        null,
        figures,
        Version.current(),
        spark.version());
  }
}
