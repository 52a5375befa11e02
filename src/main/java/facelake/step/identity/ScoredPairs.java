package facelake.step.identity;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.struct;

import facelake.match.IdentityScore;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Scores pairs of parts, see {@link IdentityScore}. */
public final class ScoredPairs {
  public static final String A = NearParts.A;
  public static final String B = NearParts.B;
  public static final String DISTANCE = NearParts.DISTANCE;
  public static final String NORMALISED = "normalised";
  public static final String SCORE = "score";

  /** What a pair is used for. */
  public static final String USE = "use";

  /** The uses of a pair of parts. */
  public enum Use {
    /** The two may be one person. */
    CANDIDATE,
    /** Two labels of one dataset: different people, as the dataset says. */
    IMPOSTOR,
    /** Both: labels of one dataset are compared, too. */
    BOTH
  }

  public static final StructType SCHEMA =
      new StructType()
          .add(A, DataTypes.LongType, false)
          .add(B, DataTypes.LongType, false)
          .add(DISTANCE, DataTypes.DoubleType, false)
          .add(NORMALISED, DataTypes.DoubleType, false)
          .add(SCORE, DataTypes.DoubleType, false)
          .add(USE, DataTypes.StringType, false);

  private static final String HOME_A = "home_a";
  private static final String HOME_B = "home_b";
  private static final String UNIT = "unit";
  private static final String HOME = "home";
  private static final String OTHER = "other";
  private static final String RIVALS = "rivals";
  private static final String RIVALS_A = "rivals_a";
  private static final String RIVALS_B = "rivals_b";

  /** The best that are kept of a part and a dataset: one may be the other side itself. */
  private static final int KEPT = 4;

  private static final StructType NORMALISED_SCHEMA =
      new StructType()
          .add(A, DataTypes.LongType, false)
          .add(B, DataTypes.LongType, false)
          .add(DISTANCE, DataTypes.DoubleType, false)
          .add(NORMALISED, DataTypes.DoubleType, false)
          .add(HOME_A, DataTypes.IntegerType, false)
          .add(HOME_B, DataTypes.IntegerType, false);

  private final SparkSession spark;
  private final Broadcast<PartFacts> facts;
  private final IdentityScore score;
  private final boolean within;

  /**
   * A scoring.
   *
   * @param within whether labels of one dataset may be one person
   */
  public ScoredPairs(
      SparkSession spark, Broadcast<PartFacts> facts, IdentityScore score, boolean within) {
    this.spark = spark;
    this.facts = facts;
    this.score = score;
    this.within = within;
  }

  /**
   * Pairs with their normalised distance.
   *
   * @param pairs rows of {@link NearParts#SCHEMA}
   */
  private Dataset<Row> normalised(Dataset<Row> pairs) {
    Broadcast<PartFacts> known = facts;
    JavaRDD<Row> rows =
        pairs
            .javaRDD()
            .map(
                pair -> {
                  PartFacts of = known.value();
                  int a = of.place(pair.getLong(0));
                  int b = of.place(pair.getLong(1));
                  double distance = pair.getDouble(2);
                  return RowFactory.create(
                      pair.getLong(0),
                      pair.getLong(1),
                      distance,
                      IdentityScore.normalised(distance, of.nearness(a), of.nearness(b)),
                      of.dataset(a),
                      of.dataset(b));
                });
    return spark.createDataFrame(rows, NORMALISED_SCHEMA);
  }

  /**
   * The pairs with their scores, rows of {@link #SCHEMA}, written to a folder.
   *
   * @param pairs rows of {@link NearParts#SCHEMA}, each pair once
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  public Dataset<Row> scored(Dataset<Row> pairs, String folder) {
    Dataset<Row> normalised = normalised(pairs);
    normalised.write().parquet(folder + "/normalised");
    Dataset<Row> stored = spark.read().schema(NORMALISED_SCHEMA).parquet(folder + "/normalised");
    Dataset<Row> rivals = rivals(stored);
    Dataset<Row> joined =
        stored
            .join(
                rivals.select(col(UNIT).as(A), col(HOME).as(HOME_B), col(RIVALS).as(RIVALS_A)),
                new String[] {A, HOME_B},
                "left_outer")
            .join(
                rivals.select(col(UNIT).as(B), col(HOME).as(HOME_A), col(RIVALS).as(RIVALS_B)),
                new String[] {B, HOME_A},
                "left_outer")
            .select(A, B, DISTANCE, NORMALISED, RIVALS_A, RIVALS_B);
    Broadcast<PartFacts> known = facts;
    IdentityScore formula = score;
    boolean both = within;
    JavaRDD<Row> rows = joined.javaRDD().map(pair -> row(pair, known.value(), formula, both));
    spark.createDataFrame(rows, SCHEMA).write().parquet(folder + "/scored");
    return spark.read().schema(SCHEMA).parquet(folder + "/scored");
  }

  /** The nearest main parts of each dataset, for each part. */
  private Dataset<Row> rivals(Dataset<Row> normalised) {
    Broadcast<PartFacts> known = facts;
    return normalised
        .select(col(A).as(UNIT), col(HOME_B).as(HOME), col(NORMALISED), col(B).as(OTHER))
        .union(normalised.select(col(B), col(HOME_A), col(NORMALISED), col(A)))
        .filter(
            (FilterFunction<Row>) row -> known.value().isMain(known.value().place(row.getLong(3))))
        .groupBy(UNIT, HOME)
        .agg(
            slice(array_sort(collect_list(struct(col(NORMALISED), col(OTHER)))), 1, KEPT)
                .as(RIVALS));
  }

  private static Row row(Row pair, PartFacts facts, IdentityScore score, boolean within) {
    int a = facts.place(pair.getLong(0));
    int b = facts.place(pair.getLong(1));
    double distance = pair.getDouble(2);
    double normalised = pair.getDouble(3);
    double rival = Math.min(rival(pair, 4, facts, a, b), rival(pair, 5, facts, a, b));
    return RowFactory.create(
        pair.getLong(0),
        pair.getLong(1),
        distance,
        normalised,
        score.of(distance, normalised, rival, facts.size(a), facts.size(b)),
        use(facts, a, b, within).name());
  }

  private static Use use(PartFacts facts, int a, int b, boolean within) {
    boolean labelsOfOneDataset =
        facts.dataset(a) == facts.dataset(b) && facts.isTrusted(a) && facts.isTrusted(b);
    if (!labelsOfOneDataset) {
      return Use.CANDIDATE;
    }
    return within ? Use.BOTH : Use.IMPOSTOR;
  }

  /** The nearest that is neither of the two identities. */
  private static double rival(Row pair, int column, PartFacts facts, int a, int b) {
    if (pair.isNullAt(column)) {
      return Double.POSITIVE_INFINITY;
    }
    List<Row> nearest = pair.getList(column);
    return nearest.stream()
        .filter(
            row -> {
              int other = facts.place(row.getLong(1));
              return !facts.sameIdentity(other, a) && !facts.sameIdentity(other, b);
            })
        .mapToDouble(row -> row.getDouble(0))
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
