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
import java.util.Map;
import java.util.stream.Collectors;
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

  /** A dataset with so large a share of the identities has members, too. */
  private static final double LARGE = 0.05;

  /** The part of its share of the identities that such a dataset has of the members, at least. */
  private static final double LEAST_SHARE = 0.5;

  private final SparkSession spark;
  private final DedupeOptions options;
  private final KeptTables kept;
  private final String runId;

  /**
   * A cohort and its name.
   *
   * @param name of the members and of all else that measures depend on
   */
  record Named(String name, Cohort cohort) {}

  /** A cohort as it stands in the table. */
  private record Drawn(
      String name, long seed, String embedder, long identities, List<CohortMember> members) {
    static final Drawn NOTHING = new Drawn("", 0, "", 0, List.of());

    /** Whether it is all there, and was named by code that measures as this one does. */
    boolean isWhole() {
      return !members.isEmpty() && CohortMember.nameOf(members, embedder).equals(name);
    }

    boolean isLike(Drawn other) {
      return name.equals(other.name)
          && seed == other.seed
          && embedder.equals(other.embedder)
          && identities == other.identities;
    }

    Named named() {
      return new Named(name, CohortMember.cohort(members));
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
    Drawn stored = kept.read(CohortTable.NAME, Drawn.NOTHING, this::stored);
    if (!options.afresh() && count > SMALL && holds(stored, identities, count, embedder)) {
      return stored.named();
    }
    List<CohortMember> members = CohortSample.of(faces, identities, options.seed());
    Drawn drawn =
        new Drawn(CohortMember.nameOf(members, embedder), options.seed(), embedder, count, members);
    if (!drawn.isLike(stored)) {
      store(drawn);
    }
    return drawn.named();
  }

  private Drawn stored() {
    Dataset<Row> rows = CohortTable.create(spark, options.lake()).read();
    List<Row> drawn =
        rows.select(
                CohortTable.COHORT, CohortTable.SEED, CohortTable.EMBEDDER, CohortTable.IDENTITIES)
            .distinct()
            .collectAsList();
    if (drawn.size() != 1) {
      return Drawn.NOTHING;
    }
    Row row = drawn.get(0);
    return new Drawn(
        row.getString(0),
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        CohortMember.read(rows));
  }

  private void store(Drawn drawn) {
    CohortTable.create(spark, options.lake())
        .replace(
            CohortMember.rows(spark, drawn.members())
                .withColumn(CohortTable.COHORT, lit(drawn.name()))
                .withColumn(CohortTable.SEED, lit(drawn.seed()))
                .withColumn(CohortTable.EMBEDDER, lit(drawn.embedder()))
                .withColumn(CohortTable.IDENTITIES, lit(drawn.identities()))
                .withColumn(CohortTable.RUN_ID, lit(runId)));
  }

  private boolean holds(Drawn stored, Dataset<Row> identities, long count, String embedder) {
    return stored.isWhole()
        && stored.seed() == options.seed()
        && stored.embedder().equals(embedder)
        && count <= MOST_GROWTH * stored.identities()
        && there(stored.members(), identities) >= LEAST_THERE * stored.members().size()
        && standsForAll(stored.members(), identities, count);
  }

  /** An embedder may see the people of a new dataset as more alike than those of the others. */
  private static boolean standsForAll(
      List<CohortMember> members, Dataset<Row> identities, long count) {
    Map<String, Long> ofMembers =
        members.stream()
            .collect(Collectors.groupingBy(CohortMember::dataset, Collectors.counting()));
    return identities.groupBy(IdentityList.DATASET).count().collectAsList().stream()
        .filter(dataset -> dataset.getLong(1) >= LARGE * count)
        .allMatch(
            dataset ->
                ofMembers.getOrDefault(dataset.getString(0), 0L) * (double) count
                    >= LEAST_SHARE * dataset.getLong(1) * members.size());
  }

  private static long there(List<CohortMember> members, Dataset<Row> identities) {
    Object[] keys = members.stream().map(CohortMember::key).toArray();
    return identities.where(col(IdentityList.KEY).isin(keys)).count();
  }
}
