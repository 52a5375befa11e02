package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import facelake.match.Cohort;
import facelake.step.identity.CohortMember;
import facelake.step.identity.CohortSample;
import facelake.step.identity.IdentityList;
import facelake.step.identity.LabelledFaces;
import facelake.table.CohortTable;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Chooses the cohort of a {@link DedupeJob}. That of the run before stays as long as it stands for
 * the lake, since whatever was measured against another one would have to be measured anew.
 */
final class DedupeCohort {
  /** A cohort of as few identities as these changes with each of them, and costs little. */
  private static final long SMALL = 1000;

  /** A lake that has more than so many times the identities may have people of other kinds. */
  private static final int MOST_GROWTH = 2;

  /** The part of the members that are still there, at least. */
  private static final double LEAST_THERE = 0.9;

  private final SparkSession spark;
  private final DedupeOptions options;
  private final KeptTables kept;
  private final String runId;

  /**
   * A cohort and its name.
   *
   * @param name of the members and of all else that measures depend on
   */
  record Named(String name, Cohort cohort) {
    private static Named of(List<CohortMember> members) {
      return new Named(CohortMember.nameOf(members), CohortMember.cohort(members));
    }
  }

  /** What stands in the table, as far as it can be used at all. */
  private record Stored(
      String name, long seed, String embedder, long identities, List<CohortMember> members) {
    static final Stored NOTHING = new Stored("", 0, "", 0, List.of());

    /** Whether the table is whole, and the code that reads it measures as the one that wrote it. */
    boolean isWhole() {
      return !members.isEmpty() && CohortMember.nameOf(members).equals(name);
    }
  }

  DedupeCohort(SparkSession spark, DedupeOptions options, KeptTables kept, String runId) {
    this.spark = spark;
    this.options = options;
    this.kept = kept;
    this.runId = runId;
  }

  /**
   * The cohort of this run; where it is another one than before, it stands in the table now.
   *
   * @param identities rows of {@link IdentityList}
   * @param count number of identities
   * @param embedder of all faces
   */
  Named choose(LabelledFaces faces, Dataset<Row> identities, long count, String embedder) {
    Stored stored = kept.read(CohortTable.NAME, Stored.NOTHING, this::stored);
    if (!options.afresh() && count > SMALL && holds(stored, identities, count, embedder)) {
      return Named.of(stored.members());
    }
    List<CohortMember> members = CohortSample.of(faces, identities, options.seed());
    Named drawn = Named.of(members);
    if (!drawn.name().equals(stored.name())) {
      CohortTable.create(spark, options.lake())
          .replace(
              CohortMember.rows(spark, members)
                  .withColumn(CohortTable.COHORT, lit(drawn.name()))
                  .withColumn(CohortTable.SEED, lit(options.seed()))
                  .withColumn(CohortTable.EMBEDDER, lit(embedder))
                  .withColumn(CohortTable.IDENTITIES, lit(count))
                  .withColumn(CohortTable.RUN_ID, lit(runId)));
    }
    return drawn;
  }

  private Stored stored() {
    Dataset<Row> rows = CohortTable.create(spark, options.lake()).read();
    List<Row> drawn =
        rows.select(
                CohortTable.COHORT, CohortTable.SEED, CohortTable.EMBEDDER, CohortTable.IDENTITIES)
            .distinct()
            .collectAsList();
    if (drawn.size() != 1) {
      return Stored.NOTHING;
    }
    Row row = drawn.get(0);
    return new Stored(
        row.getString(0),
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        CohortMember.read(rows));
  }

  private boolean holds(Stored stored, Dataset<Row> identities, long count, String embedder) {
    return stored.isWhole()
        && stored.seed() == options.seed()
        && stored.embedder().equals(embedder)
        && count <= MOST_GROWTH * stored.identities()
        && there(stored.members(), identities) >= LEAST_THERE * stored.members().size();
  }

  private static long there(List<CohortMember> members, Dataset<Row> identities) {
    Object[] keys = members.stream().map(CohortMember::key).toArray();
    return identities.where(col(IdentityList.KEY).isin(keys)).count();
  }
}
