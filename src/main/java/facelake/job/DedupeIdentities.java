package facelake.job;

import facelake.spark.Phases;
import facelake.step.identity.IdentityList;
import facelake.step.identity.LabelledFaces;
import facelake.step.identity.PartFacts;
import facelake.step.identity.PartRows;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Measures the identities of a {@link DedupeJob}, as far as earlier runs have not. */
final class DedupeIdentities {
  private final SparkSession spark;
  private final DedupeOptions options;
  private final KeptTables kept;
  private final Phases phases;
  private final String runId;

  DedupeIdentities(
      SparkSession spark, DedupeOptions options, KeptTables kept, Phases phases, String runId) {
    this.spark = spark;
    this.options = options;
    this.kept = kept;
    this.phases = phases;
    this.runId = runId;
  }

  /**
   * The identities of a run.
   *
   * @param cohort that all of them were measured against
   * @param parts rows of {@link PartRows}
   * @param facts of these parts
   * @param anew identities that this run measured
   * @param known identities that earlier runs measured
   */
  record Measured(
      DedupeCohort.Named cohort, Dataset<Row> parts, PartFacts facts, long anew, long known) {}

  /**
   * Measures the identities.
   *
   * @param embedder of all of them
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  Measured measure(LabelledFaces faces, String embedder, String folder) {
    phases.begin("listing identities");
    Dataset<Row> identities = IdentityList.of(faces.rows(), folder + "/identities");
    long count = identities.count();
    phases.begin("choosing a cohort of identities");
    DedupeCohort.Named cohort =
        new DedupeCohort(spark, options, kept, runId).choose(faces, identities, count, embedder);
    DedupeParts.Measured measured =
        new DedupeParts(spark, options.lake(), kept, phases, runId)
            .measure(faces, identities, count, cohort, options.afresh(), folder + "/parts");
    return new Measured(
        cohort, measured.parts(), measured.facts(), measured.anew(), count - measured.anew());
  }
}
