package facelake.job;

import static org.apache.spark.sql.functions.lit;

import facelake.spark.Phases;
import facelake.spark.Stored;
import facelake.step.cells.NearPairs;
import facelake.step.identity.KnownPairs;
import facelake.step.identity.NearParts;
import facelake.step.identity.PartFacts;
import facelake.table.NearPartsTable;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The near pairs among the parts of a {@link DedupeJob}. Those of two parts that an earlier run has
 * compared are taken from {@link NearPartsTable}, so that only new parts are compared with all.
 */
final class DedupePairs {
  /** Nearest others that are looked through for each identity. */
  private static final double CANDIDATES = 20;

  private final SparkSession spark;
  private final DedupeOptions options;
  private final KeptTables kept;
  private final Phases phases;
  private final String runId;

  DedupePairs(
      SparkSession spark, DedupeOptions options, KeptTables kept, Phases phases, String runId) {
    this.spark = spark;
    this.options = options;
    this.kept = kept;
    this.phases = phases;
    this.runId = runId;
  }

  /**
   * The near pairs, each once, written to a folder.
   *
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  NearPairs near(
      Dataset<Row> parts, Broadcast<PartFacts> facts, DedupeCohort.Named cohort, String folder) {
    int count = facts.value().count();
    double deviations = cohort.cohort().deviationsFor(CANDIDATES, count);
    NearParts near = new NearParts(spark, phases, parts, facts, deviations);
    if (count > options.exactUpTo()) {
      return near.most(folder);
    }
    phases.begin("looking for known pairs of identities");
    Known nothing = new Known(new BitSet(), spark.createDataFrame(List.of(), NearParts.SCHEMA));
    // Read in any case: a table that cannot be read cannot be replaced either.
    Known stored =
        kept.read(
            NearPartsTable.NAME,
            nothing,
            () -> known(facts, cohort.name(), deviations, folder + "/known"));
    Known known = options.afresh() ? nothing : stored;
    Dataset<Row> all = known.pairs().union(near.besides(known.compared(), folder + "/found"));
    if (known.compared().cardinality() < count) {
      kept.write(
          () ->
              NearPartsTable.create(spark, options.lake())
                  .replace(
                      KnownPairs.rows(spark, all, facts)
                          .withColumn(NearPartsTable.COHORT, lit(cohort.name()))
                          .withColumn(NearPartsTable.DEVIATIONS, lit(deviations))
                          .withColumn(NearPartsTable.RUN_ID, lit(runId))));
    }
    return NearPairs.all(all);
  }

  /**
   * What an earlier run has found.
   *
   * @param compared places of the parts that it compared with each other
   * @param pairs rows of {@link NearParts#SCHEMA}
   */
  private record Known(BitSet compared, Dataset<Row> pairs) {}

  private Known known(Broadcast<PartFacts> facts, String cohort, double deviations, String folder) {
    // Once, since another run may change the table at any time.
    KnownPairs.stored(NearPartsTable.create(spark, options.lake()).read(), cohort, deviations)
        .write()
        .parquet(folder + "/stored");
    Dataset<Row> stored = Stored.read(spark, KnownPairs.SCHEMA, folder + "/stored");
    KnownPairs.of(stored, facts, deviations).write().parquet(folder + "/pairs");
    return new Known(
        KnownPairs.compared(stored, facts.value()),
        Stored.read(spark, NearParts.SCHEMA, folder + "/pairs"));
  }
}
