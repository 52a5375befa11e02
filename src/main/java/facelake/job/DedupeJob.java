package facelake.job;

import static org.apache.spark.sql.functions.lit;

import facelake.match.Cohort;
import facelake.match.CopyRule;
import facelake.match.Decisions;
import facelake.match.IdentityScore;
import facelake.match.MatchCalibration;
import facelake.match.PersonLineage;
import facelake.match.Resolution;
import facelake.spark.GeneratedCode;
import facelake.spark.Phases;
import facelake.step.FindDuplicates;
import facelake.step.HashPlan;
import facelake.step.cells.NearPairs;
import facelake.step.identity.Calibrating;
import facelake.step.identity.GenderIssues;
import facelake.step.identity.LabelIssueRows;
import facelake.step.identity.LabelledFaces;
import facelake.step.identity.MatchRows;
import facelake.step.identity.MeanDistances;
import facelake.step.identity.PartFacts;
import facelake.step.identity.PeopleRows;
import facelake.step.identity.Resolved;
import facelake.step.identity.ScoredPairs;
import facelake.table.DuplicatesTable;
import facelake.table.FacesTable;
import facelake.table.LabelIssuesTable;
import facelake.table.Lake;
import facelake.table.MatchesTable;
import facelake.table.PeopleTable;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds out which identities of which datasets are one person, and writes down why.
 *
 * <p>In: the tables {@code images} and {@code faces} of a lake, and {@code decisions}. Out: the
 * tables {@code duplicates}, {@code matches} and {@code label_issues}, put in the place of the old
 * ones, each in one commit; the scope {@code resolved} of {@code people}, and what became of people
 * of the run before in {@code lineage}; a row in {@code runs}. What was measured of identities
 * stays in {@code identity_parts}, {@code cohort} and {@code near_parts} for the next run. The same
 * tables, decisions and options give the same people. While it runs, a folder of the lake, {@code
 * _dedupe_RUN}, holds what lies between.
 *
 * <pre>jobs/facelake dedupe --lake DIR --datasets A,B</pre>
 */
public final class DedupeJob {
  private final SparkSession spark;
  private final DedupeOptions options;
  private final Lake lake;
  private final Consumer<String> watcher;
  private final String runId = UUID.randomUUID().toString();
  private final Instant start = Instant.now();

  /**
   * A job that runs once.
   *
   * @param watcher is told each part of the work as it begins
   */
  public DedupeJob(SparkSession spark, DedupeOptions options, Consumer<String> watcher) {
    this.spark = spark;
    this.options = options;
    this.lake = options.lake();
    this.watcher = watcher;
  }

  /** What the steps between reading and writing found. */
  private record Findings(
      OneEmbedder embedder,
      DedupeIdentities.Measured identities,
      double limit,
      Optional<NearPairs.Recall> recall,
      MatchCalibration calibration,
      Dataset<Row> duplicates,
      List<String> notes,
      Dataset<Row> matches,
      Resolved resolved,
      Dataset<Row> issues,
      Dataset<Row> people,
      Dataset<Row> staying,
      PersonLineage.Result lineage) {}

  /**
   * Resolves the identities and writes the tables.
   *
   * @throws facelake.UserError when there is nothing to compare, when faces are of several
   *     embedders, when decisions are wrong or contradict each other, or when the lake cannot be
   *     written
   */
  public DedupeResult execute() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    try (Phases phases = new Phases(spark, "dedupe", watcher);
        ScratchFolder scratch = ScratchFolder.open(lake, "dedupe", runId, hadoop)) {
      phases.begin("choosing faces");
      DedupeFaces choice = new DedupeFaces(spark, options);
      List<String> datasets = choice.datasets();
      GeneratedCode.useFor(spark, choice.faces(datasets).count());
      lake.requireWritable(hadoop);
      try (RunClaim claim = RunClaim.shared(lake, "dedupe", runId, hadoop)) {
        return resolve(choice, datasets, claim, scratch.uri(), phases);
      }
    }
  }

  private DedupeResult resolve(
      DedupeFaces choice, List<String> datasets, RunClaim claim, String scratch, Phases phases) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    DecisionIntake intake = new DecisionIntake(spark, lake);
    TakenDecisions taken =
        options
            .decisions()
            .map(file -> intake.take(file, start))
            .orElseGet(() -> TakenDecisions.nothingBeside(intake.recorded()));
    Dataset<Row> chosen = choice.choose(datasets, taken.decisions(), scratch + "/chosen");
    OneEmbedder embedder = OneEmbedder.of(new FaceSelection(String.join(", ", datasets), chosen));
    double threshold =
        options
            .threshold()
            .map(distance -> distance.of(embedder.embedder(), hadoop))
            .orElse(Double.POSITIVE_INFINITY);
    Findings findings =
        findings(
            choice.images(datasets),
            LabelledFaces.of(chosen, choice.faces(datasets)),
            embedder,
            taken.decisions(),
            threshold,
            scratch,
            phases);
    claim.requireHeld();
    intake.record(taken, runId, start);
    write(findings, phases);
    phases.begin("summary");
    DedupeResult result =
        new DedupeSummary(spark, lake, datasets, embedder.faces(), taken)
            .of(
                findings.calibration().measured(),
                findings.identities(),
                findings.resolved(),
                findings.lineage(),
                findings.recall(),
                findings.notes(),
                start);
    RunsTable.create(spark, lake).append(run(result, threshold, figures(findings)));
    return result;
  }

  private Findings findings(
      Dataset<Row> images,
      LabelledFaces faces,
      OneEmbedder embedder,
      Decisions decisions,
      double threshold,
      String folder,
      Phases phases) {
    KeptTables kept = new KeptTables(spark, lake);
    DedupeIdentities.Measured identities =
        new DedupeIdentities(spark, options, kept, phases, runId)
            .measure(faces, embedder.embedder(), folder + "/measured");
    int slots = spark.sparkContext().defaultParallelism();
    Dataset<Row> duplicates =
        new FindDuplicates(spark, CopyRule.DEFAULT, HashPlan.of(slots), phases)
            .duplicates(images, faces.embeddings(), folder + "/duplicates");
    Cohort cohort = identities.cohort().cohort();
    Dataset<Row> parts = identities.parts();
    PartFacts facts = identities.facts();
    Broadcast<PartFacts> shared = context().broadcast(facts);
    DedupeLinks links = new DedupeLinks(spark, lake, parts, facts, duplicates, decisions);
    Dataset<Row> special = links.special(folder + "/special");
    IdentityScore score = new IdentityScore(cohort.typicalNearness());
    NearPairs near =
        new DedupePairs(spark, options, kept, phases, runId)
            .near(parts, shared, identities.cohort(), folder + "/near");
    phases.begin("scoring pairs");
    Dataset<Row> scored =
        new ScoredPairs(spark, shared, score, options.within())
            .scored(
                near.rows()
                    .join(special, new String[] {ScoredPairs.A, ScoredPairs.B}, "left_anti")
                    .union(MeanDistances.of(special, parts)),
                folder + "/scores");
    phases.begin("learning what scores mean");
    MatchCalibration calibration =
        new Calibrating(facts, score, options.within(), near.share()).of(scored, parts);
    MatchRows.Outcome outcome =
        new MatchRows(spark, phases, shared, calibration, parts)
            .rows(
                scored,
                special,
                links.misplaced(),
                new Resolution(homes(facts), options.expectedFalseMerges()),
                threshold,
                folder + "/evidence");
    Broadcast<Resolved> resolved = context().broadcast(outcome.resolved());
    PeopleRows people = new PeopleRows(spark, parts, outcome.resolved());
    DedupeLineage before = new DedupeLineage(spark, lake);
    Dataset<Row> staying = before.staying(options.datasets(), FacesTable.open(spark, lake).read());
    PersonLineage.Result lineage = people.named(before.people(), staying, before.idsOfLineage());
    return new Findings(
        embedder,
        identities,
        cohort.typicalNearness(),
        near.recall(),
        calibration,
        duplicates,
        Stream.concat(kept.notes().stream(), links.notes().stream()).toList(),
        outcome.rows(),
        outcome.resolved(),
        LabelIssueRows.of(spark, parts, resolved).unionByName(GenderIssues.of(faces, parts), true),
        people.faces(lineage.ids()),
        staying,
        lineage);
  }

  private JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  /** The datasets in which a person stands once; -1 for parts that may stand there again. */
  private int[] homes(PartFacts facts) {
    Set<String> unique = Set.copyOf(options.uniqueIdentities());
    int[] homes = new int[facts.count()];
    for (int place = 0; place < homes.length; place++) {
      int dataset = facts.dataset(place);
      boolean once = !options.within() || unique.contains(facts.datasetNames().get(dataset));
      homes[place] = once && facts.isTrusted(place) ? dataset : -1;
    }
    return homes;
  }

  /** Each table in one commit; what the others are explained by comes first, people last. */
  private void write(Findings findings, Phases phases) {
    phases.begin("writing duplicates");
    DuplicatesTable.create(spark, lake).replace(marked(findings.duplicates()));
    phases.begin("writing label issues");
    LabelIssuesTable.create(spark, lake).replace(marked(findings.issues()));
    phases.begin("writing matches");
    MatchesTable.create(spark, lake)
        .replace(
            marked(findings.matches())
                .withColumn(MatchesTable.EMBEDDER, lit(findings.embedder().embedder())));
    phases.begin("writing people");
    new DedupeLineage(spark, lake).record(findings.lineage(), runId, start);
    Dataset<Row> people =
        marked(findings.people())
            .withColumn(PeopleTable.SCOPE, lit(PeopleTable.RESOLVED))
            .withColumn(PeopleTable.THRESHOLD, lit((float) findings.limit()))
            .withColumn(PeopleTable.EMBEDDER, lit(findings.embedder().embedder()));
    PeopleTable.create(spark, lake)
        .replaceScope(
            PeopleTable.RESOLVED,
            options.datasets().isEmpty()
                ? people
                : PeopleRows.sized(people.unionByName(findings.staying())));
  }

  private Dataset<Row> marked(Dataset<Row> rows) {
    return rows.withColumn(PeopleTable.RUN_ID, lit(runId));
  }

  /** All that a score and its probability can be computed from, with the row of a pair. */
  private static Map<String, Double> figures(Findings findings) {
    Map<String, Double> figures = new TreeMap<>(findings.calibration().figures());
    figures.put("nearness", findings.limit());
    findings
        .recall()
        .ifPresent(
            recall -> {
              figures.put("search_probes", (double) recall.probes());
              figures.put("search_sample_pairs", (double) recall.pairs());
              figures.put("search_sample_found", (double) recall.found());
            });
    return figures;
  }

  private RunRecord run(DedupeResult result, double threshold, Map<String, Double> figures) {
    return RunRecord.ofFaces(
        runId,
        "dedupe",
        null,
        start,
        result.faces(),
        Map.of(
            "datasets", String.join(",", result.datasets()),
            "within", String.valueOf(options.within()),
            "unique-identities", String.join(",", options.uniqueIdentities()),
            "decisions", options.decisions().orElse(""),
            "expected-false-merges", String.valueOf(options.expectedFalseMerges()),
            "threshold",
                options.threshold().map(distance -> distance.described(threshold)).orElse(""),
            "seed", String.valueOf(options.seed()),
            "exact-up-to", String.valueOf(options.exactUpTo()),
            "afresh", String.valueOf(options.afresh())),
        figures,
        spark.version());
  }
}
