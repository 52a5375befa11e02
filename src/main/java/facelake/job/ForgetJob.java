package facelake.job;

import facelake.UserError;
import facelake.model.VerifiedModel;
import facelake.spark.Phases;
import facelake.step.forget.Forgotten;
import facelake.step.forget.Mentions;
import facelake.step.forget.Traces;
import facelake.step.journal.CrashJournal;
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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
 * <p>What is to go is written down in the lake first, and removed when it is proven that nothing is
 * left, so that a run that was killed, or could not reach a folder, is completed by the next one.
 * No other run may be at work on the lake.
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
      Optional<UnfinishedForget.Begun> other = new UnfinishedForget(lake, hadoop()).read();
      ForgetSelection selection = new ForgetSelection(spark, lake);
      SortedSet<String> asked = new TreeSet<>();
      String notFound = null;
      Traces traces;
      try {
        Traces own = selection.of(options.who(), models);
        traces = other.map(begun -> begun.traces().and(own)).orElse(own);
        asked.add(options.asked());
      } catch (UserError e) {
        UnfinishedForget.Begun begun = other.orElseThrow(() -> e);
        traces = begun.traces();
        // Of whoever the killed run was about, the tables may have nothing any more.
        notFound = begun.asked().contains(options.asked()) ? null : e.getMessage();
      }
      other.ifPresent(begun -> asked.addAll(begun.asked()));
      phases.begin("counting rows and files");
      Mentions mentions = traces.mentions();
      ForgetTables tables = new ForgetTables(spark, lake, traces);
      return new ForgetPlan(
          traces.faces().size(),
          traces.uris().size(),
          selection.photos(traces.identities()),
          traces.people(),
          selection.guesses(),
          tables.count(),
          tables.removed(),
          KnownFolders.of(spark, lake).stream()
              .map(folder -> ForgetFolder.look(folder, mentions, hadoop()))
              .toList(),
          selection.notes(),
          other.isPresent(),
          notFound,
          asked,
          traces);
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
      return Optional.of(forget(plan, claim));
    }
  }

  private ForgetResult forget(ForgetPlan plan, RunClaim claim) {
    UnfinishedForget unfinished = new UnfinishedForget(lake, hadoop());
    Traces traces = plan.traces();
    Mentions mentions = traces.mentions();
    Instant begun = Instant.now();
    try (Phases phases = new Phases(spark, "forget", watcher)) {
      removeScratch();
      unfinished.write(new UnfinishedForget.Begun(plan.asked(), traces));
      phases.begin("keeping the person out");
      Forgotten forgotten = Forgotten.read(spark, lake);
      ForgottenTable.create(spark, lake).addNew(forgotten.rows(traces, runId, start));
      List<ForgetFolder.Found> folders = new ArrayList<>();
      for (ForgetFolder.Found folder : plan.folders()) {
        phases.begin("cleaning %s", folder.uri());
        folders.add(ForgetFolder.forget(folder.uri(), mentions, hadoop()));
      }
      ForgetTables tables = new ForgetTables(spark, lake, traces);
      tables.delete(plan.rows(), runId, claim::requireHeld, phases);
      List<String> purged = tables.purge(claim::requireHeld, phases);
      phases.begin("reading everything again");
      SortedMap<String, Long> searched = new TreeMap<>();
      List<String> left = new ArrayList<>();
      ForgetProof proof = new ForgetProof(spark, lake, mentions);
      left.addAll(proof.search());
      searched.put(lake.root(), proof.searched());
      for (ForgetFolder.Found folder : folders) {
        if (folder.problem() == null) {
          searched.put(folder.uri(), ForgetFolder.search(folder.uri(), mentions, hadoop(), left));
        }
      }
      tables
          .count()
          .forEach((table, rows) -> left.add("%,d rows of table %s".formatted(rows, table)));
      tables.removed().forEach(table -> left.add("table " + table));
      ForgetResult result =
          new ForgetResult(
              plan,
              purged,
              folders,
              searched,
              left,
              Duration.between(begun, Instant.now()).toMillis() / 1e3);
      if (result.isProven()) {
        unfinished.remove();
      }
      RunsTable.create(spark, lake).append(run(plan, result));
      return result;
    }
  }

  private void removeScratch() {
    try {
      ScratchFolder.removeAll(lake, hadoop());
      CrashJournal.removeAll(lake, hadoop());
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
    return RunRecord.ofFaces(
        runId, "forget", null, start, (long) plan.faces(), Map.of(), figures, spark.version());
  }
}
