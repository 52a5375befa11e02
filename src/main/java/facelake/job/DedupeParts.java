package facelake.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import facelake.UserError;
import facelake.match.Cohort;
import facelake.spark.Phases;
import facelake.spark.Stored;
import facelake.step.identity.CleanIdentities;
import facelake.step.identity.IdentityList;
import facelake.step.identity.LabelledFaces;
import facelake.step.identity.PartFacts;
import facelake.step.identity.PartRows;
import facelake.table.IdentityPartsTable;
import facelake.table.Lake;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The parts of the identities of a {@link DedupeJob}. Those that an earlier run measured against
 * the same cohort, and whose faces are the same, are taken from {@link IdentityPartsTable}; the
 * others are cut anew, and added to it in one commit.
 */
final class DedupeParts {
  private static final int FACES_A_PARTITION = 50_000;

  /** Fewer faces are not worth a partition, and a file, of their own. */
  private static final int FACES_WORTH_A_PARTITION = 2_000;

  /** With more rows than so many for each that is in use, the others are taken away. */
  private static final long MOST_ROWS_OF_ONE_IN_USE = 2;

  private static final StructType KNOWN =
      new StructType()
          .add(IdentityList.KEY, DataTypes.LongType, false)
          .add(IdentityList.FINGERPRINT, DataTypes.LongType, false)
          .add(IdentityPartsTable.RUN_ID, DataTypes.StringType, false);

  private static final String[] MEASURE = {IdentityList.KEY, IdentityList.FINGERPRINT};

  private final SparkSession spark;
  private final Lake lake;
  private final KeptTables kept;
  private final Phases phases;
  private final String runId;

  DedupeParts(SparkSession spark, Lake lake, KeptTables kept, Phases phases, String runId) {
    this.spark = spark;
    this.lake = lake;
    this.kept = kept;
    this.phases = phases;
    this.runId = runId;
  }

  /**
   * The measured identities.
   *
   * @param parts rows of {@link PartRows}
   * @param facts of these parts
   * @param anew identities that this run measured
   */
  record Measured(Dataset<Row> parts, PartFacts facts, long anew) {}

  /**
   * Measures the identities that are not known.
   *
   * @param identities rows of {@link IdentityList}
   * @param all number of these rows
   * @param afresh whether none counts as known
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  Measured measure(
      LabelledFaces faces,
      Dataset<Row> identities,
      long all,
      DedupeCohort.Named cohort,
      boolean afresh,
      String folder) {
    phases.begin("looking for what is known of identities");
    Dataset<Row> nothing = spark.createDataFrame(List.of(), KNOWN);
    // Read in any case: a table that cannot be read cannot be added to either.
    Dataset<Row> stored =
        kept.read(IdentityPartsTable.NAME, nothing, () -> known(cohort.name(), folder + "/known"));
    Dataset<Row> known = afresh ? nothing : stored;
    Dataset<Row> unknown = identities.join(known, MEASURE, "left_anti");
    Row counts = unknown.agg(count(lit(1)), coalesce(sum(IdentityList.FACES), lit(0L))).head();
    long anew = counts.getLong(0);
    IdentityPartsTable table = IdentityPartsTable.create(spark, lake);
    if (anew > 0) {
      phases.begin("cleaning %,d identities", anew);
      cut(faces, unknown, counts.getLong(1), cohort, known.isEmpty(), table, folder + "/cut");
    }
    Dataset<Row> measured =
        Stored.rows(
            identities
                .join(known, MEASURE, "left_outer")
                .select(
                    col(IdentityList.KEY),
                    col(IdentityList.FINGERPRINT),
                    coalesce(col(IdentityPartsTable.RUN_ID), lit(runId))
                        .as(IdentityPartsTable.RUN_ID),
                    col(IdentityList.FIRST)),
            folder + "/measured");
    // Once, since another run may change the table at any time.
    Dataset<Row> parts =
        kept.readMore(
            IdentityPartsTable.NAME,
            () -> Stored.rows(parts(table, measured, cohort.name()), folder + "/parts"));
    PartFacts facts = PartFacts.of(parts);
    if (facts.identities() != all) {
      throw changed("identities", facts.identities(), all);
    }
    if (table.read().count() > MOST_ROWS_OF_ONE_IN_USE * facts.count()) {
      // Rows that no identity fits any more are most of it.
      table.replace(used(table, measured, cohort.name()));
    }
    return new Measured(parts, facts, anew);
  }

  private static UserError changed(String what, long there, long wanted) {
    return new UserError(
        "the lake has changed while it was read: %,d %s instead of %,d; run dedupe again when no"
            + " other command writes to the lake, and with --afresh if it says so again",
        there, what, wanted);
  }

  /** What was measured against a cohort, and by which run: the first, should two have done so. */
  private Dataset<Row> known(String cohort, String folder) {
    return Stored.rows(
        IdentityPartsTable.create(spark, lake)
            .read()
            .where(col(IdentityPartsTable.COHORT).equalTo(cohort))
            .groupBy(IdentityPartsTable.KEY, IdentityPartsTable.FINGERPRINT)
            .agg(min(IdentityPartsTable.RUN_ID).as(IdentityPartsTable.RUN_ID)),
        folder);
  }

  private void cut(
      LabelledFaces faces,
      Dataset<Row> identities,
      long count,
      DedupeCohort.Named cohort,
      boolean replaces,
      IdentityPartsTable table,
      String folder) {
    Broadcast<Cohort> broadcast =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(cohort.cohort());
    try {
      Dataset<Row> rows =
          Stored.rows(
              CleanIdentities.parts(faces, identities, count, broadcast, partitions(count))
                  .withColumn(IdentityPartsTable.COHORT, lit(cohort.name()))
                  .withColumn(IdentityPartsTable.RUN_ID, lit(runId)),
              folder);
      long cut = rows.agg(coalesce(sum(IdentityPartsTable.SIZE), lit(0L))).head().getLong(0);
      if (cut != count) {
        throw changed("faces", cut, count);
      }
      if (replaces) {
        table.replace(rows);
      } else {
        table.append(rows);
      }
    } finally {
      broadcast.destroy();
    }
  }

  private int partitions(long faces) {
    int most =
        Math.max(2 * spark.sparkContext().defaultParallelism(), pieces(faces, FACES_A_PARTITION));
    return Math.min(most, pieces(faces, FACES_WORTH_A_PARTITION));
  }

  private static int pieces(long faces, int each) {
    return (int) Math.max(1, faces / each);
  }

  private static Dataset<Row> parts(
      IdentityPartsTable table, Dataset<Row> measured, String cohort) {
    return used(table, measured, cohort)
        .withColumn(PartRows.NUMBER, col(IdentityList.FIRST).plus(col(PartRows.PART)))
        .select(
            Arrays.stream(PartRows.SCHEMA.fieldNames()).map(functions::col).toArray(Column[]::new));
  }

  /** The rows of the table that an identity of this run fits. */
  private static Dataset<Row> used(IdentityPartsTable table, Dataset<Row> measured, String cohort) {
    return table
        .read()
        .where(col(IdentityPartsTable.COHORT).equalTo(cohort))
        .join(
            measured,
            new String[] {
              IdentityPartsTable.KEY, IdentityPartsTable.FINGERPRINT, IdentityPartsTable.RUN_ID
            });
  }
}
