package facelake.step.identity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import facelake.match.MatchCalibration;
import facelake.match.MatchVerdict;
import facelake.match.Resolution;
import facelake.spark.Phases;
import facelake.spark.Stored;
import facelake.table.MatchesTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rules on pairs and gathers what stands in {@link MatchesTable}. */
public final class MatchRows {
  /** Column of {@link #SPECIAL}: what a person decided, as {@link Resolution.Said} names it. */
  public static final String SAID = "said";

  /** Pairs that are looked at whatever their score: shared photos and decisions. */
  public static final StructType SPECIAL =
      new StructType()
          .add(ScoredPairs.A, DataTypes.LongType, false)
          .add(ScoredPairs.B, DataTypes.LongType, false)
          .add(SharedPhotos.SHARED, DataTypes.IntegerType, true)
          .add(SharedPhotos.COPY, DataTypes.BooleanType, true)
          .add(SAID, DataTypes.StringType, true);

  /** Less probable pairs have no row, unless they are special. */
  private static final double LEAST_PROBABILITY = 1e-3;

  private static final StructType CALIBRATED =
      new StructType()
          .add(ScoredPairs.A, DataTypes.LongType, false)
          .add(ScoredPairs.B, DataTypes.LongType, false)
          .add(MatchesTable.SCHEMA.apply(MatchesTable.LOG_LIKELIHOOD_RATIO))
          .add(MatchesTable.SCHEMA.apply(MatchesTable.PROBABILITY))
          .add(MatchesTable.SCHEMA.apply(MatchesTable.EXPECTED_FALSE_MERGES))
          .add(MatchesTable.SCHEMA.apply(MatchesTable.VERDICT))
          .add(MatchesTable.SCHEMA.apply(MatchesTable.REASON))
          .add(MatchesTable.SCHEMA.apply(MatchesTable.BRIDGE))
          .add(MatchesTable.SCHEMA.apply(MatchesTable.GROUP_DENSITY));

  private final SparkSession spark;
  private final Phases phases;
  private final Broadcast<PartFacts> facts;
  private final MatchCalibration calibration;
  private final Dataset<Row> parts;

  /**
   * Rows about these parts.
   *
   * @param parts rows of {@link PartRows}
   */
  public MatchRows(
      SparkSession spark,
      Phases phases,
      Broadcast<PartFacts> facts,
      MatchCalibration calibration,
      Dataset<Row> parts) {
    this.spark = spark;
    this.phases = phases;
    this.facts = facts;
    this.calibration = calibration;
    this.parts = parts;
  }

  /**
   * Who is who, and why.
   *
   * @param rows the columns of {@link MatchesTable} without embedder and run
   */
  public record Outcome(Dataset<Row> rows, Resolved resolved) {}

  /**
   * Rules on the pairs.
   *
   * @param scored rows of {@link ScoredPairs#SCHEMA}
   * @param special rows of {@link #SPECIAL}, each pair once, all of them among the scored ones
   * @param misplaced numbers of parts whose label is wrong, and says nothing of who they are
   * @param resolution without pairs as yet
   * @param threshold pairs without faces nearer than this are not one person by evidence; positive
   *     infinity for no such limit
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  public Outcome rows(
      Dataset<Row> scored,
      Dataset<Row> special,
      Set<Long> misplaced,
      Resolution resolution,
      double threshold,
      String folder) {
    Dataset<Row> kept = kept(scored, special);
    phases.begin("looking at the faces of likely pairs");
    Dataset<Row> evidence =
        Stored.rows(
            kept.join(PairEvidence.of(kept, parts), new String[] {ScoredPairs.A, ScoredPairs.B}),
            folder);
    phases.begin("who is who");
    List<Row> pairs =
        evidence
            .select(
                ScoredPairs.A,
                ScoredPairs.B,
                ScoredPairs.SCORE,
                ScoredPairs.DISTANCE,
                MatchesTable.SAME_PHOTO,
                SharedPhotos.COPY,
                SAID,
                MatchesTable.DISTANCE_MIN)
            .orderBy(ScoredPairs.A, ScoredPairs.B)
            .collectAsList();
    List<Resolution.Pair> asked =
        pairs.stream().map(row -> pair(row, misplaced, threshold)).toList();
    List<Resolution.Ruling> rulings = resolution.rule(asked, samePhotos(asked));
    Resolved resolved = new Resolved(facts.value(), resolution.people());
    for (int i = 0; i < asked.size(); i++) {
      resolved.note(asked.get(i), pairs.get(i).getDouble(3), rulings.get(i).verdict());
    }
    return new Outcome(rows(evidence, ruled(asked, rulings, resolution)), resolved);
  }

  private List<Resolution.SamePhoto> samePhotos(List<Resolution.Pair> asked) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<int[]> components =
        context.broadcast(SamePhotos.components(facts.value().count(), asked));
    try {
      return SamePhotos.of(parts, facts, components);
    } finally {
      components.destroy();
    }
  }

  /** Likely pairs that may be one person, and the special ones. */
  private Dataset<Row> kept(Dataset<Row> scored, Dataset<Row> special) {
    double least = calibration.scoreOf(LEAST_PROBABILITY);
    Column likely =
        col(ScoredPairs.USE)
            .notEqual(ScoredPairs.Use.IMPOSTOR.name())
            .and(col(ScoredPairs.SCORE).geq(least));
    Column isSpecial = col(SAID).isNotNull().or(col(SharedPhotos.COPY));
    return scored
        .join(special, new String[] {ScoredPairs.A, ScoredPairs.B}, "left_outer")
        .where(likely.or(coalesce(isSpecial, lit(false))))
        .select(
            col(ScoredPairs.A),
            col(ScoredPairs.B),
            col(ScoredPairs.DISTANCE),
            col(ScoredPairs.NORMALISED),
            col(ScoredPairs.RIVAL),
            col(ScoredPairs.SCORE),
            coalesce(col(SharedPhotos.SHARED), lit(0)).as(SharedPhotos.SHARED),
            coalesce(col(SharedPhotos.COPY), lit(false)).as(SharedPhotos.COPY),
            coalesce(col(SAID), lit(Resolution.Said.NOTHING.name())).as(SAID));
  }

  private Resolution.Pair pair(Row row, Set<Long> misplaced, double threshold) {
    int a = facts.value().place(row.getLong(0));
    int b = facts.value().place(row.getLong(1));
    double score = row.getDouble(2);
    return new Resolution.Pair(
        a,
        b,
        score,
        calibration.logLikelihoodRatio(score),
        calibration.probability(score),
        calibration.expectedFalseMerges(score),
        facts.value().sameIdentity(a, b)
            && !misplaced.contains(row.getLong(0))
            && !misplaced.contains(row.getLong(1)),
        row.getInt(4) > 0,
        !(row.getDouble(7) < threshold),
        row.getBoolean(5),
        Resolution.Said.valueOf(row.getString(6)));
  }

  private Dataset<Row> ruled(
      List<Resolution.Pair> pairs, List<Resolution.Ruling> rulings, Resolution resolution) {
    List<Row> rows = new ArrayList<>(pairs.size());
    for (int i = 0; i < pairs.size(); i++) {
      Resolution.Pair pair = pairs.get(i);
      Resolution.Ruling ruling = rulings.get(i);
      rows.add(
          RowFactory.create(
              facts.value().number(pair.a()),
              facts.value().number(pair.b()),
              pair.logLikelihoodRatio(),
              pair.probability(),
              pair.expectedFalseMerges(),
              ruling.verdict().label(),
              ruling.reason().label(),
              ruling.bridge(),
              ruling.verdict() == MatchVerdict.SAME ? resolution.density(pair.a()) : null));
    }
    return spark.createDataFrame(rows, CALIBRATED);
  }

  private Dataset<Row> rows(Dataset<Row> evidence, Dataset<Row> ruled) {
    return evidence
        .join(ruled, new String[] {ScoredPairs.A, ScoredPairs.B})
        .join(
            side(
                ScoredPairs.A,
                MatchesTable.DATASET_A,
                MatchesTable.IDENTITY_A,
                MatchesTable.PART_A,
                MatchesTable.FACES_A),
            ScoredPairs.A)
        .join(
            side(
                ScoredPairs.B,
                MatchesTable.DATASET_B,
                MatchesTable.IDENTITY_B,
                MatchesTable.PART_B,
                MatchesTable.FACES_B),
            ScoredPairs.B)
        .withColumnRenamed(ScoredPairs.NORMALISED, MatchesTable.DISTANCE_NORMALISED)
        .withColumnRenamed(ScoredPairs.RIVAL, MatchesTable.RIVAL_NORMALISED)
        .withColumnRenamed(SharedPhotos.SHARED, MatchesTable.SHARED_PHOTOS);
  }

  private Dataset<Row> side(
      String number, String dataset, String identity, String part, String faces) {
    return parts.select(
        col(PartRows.NUMBER).as(number),
        col(PartRows.DATASET).as(dataset),
        col(PartRows.IDENTITY).as(identity),
        col(PartRows.PART).as(part),
        col(PartRows.SIZE).as(faces));
  }
}
