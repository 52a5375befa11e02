package facelake.step.identity;

import facelake.match.IdentityScore;
import facelake.spark.Stored;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
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

  /** The least normalised distance of either side to another candidate; null without one. */
  public static final String RIVAL = "rival";

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
          .add(RIVAL, DataTypes.DoubleType, true)
          .add(SCORE, DataTypes.DoubleType, false)
          .add(USE, DataTypes.StringType, false);

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
   * The pairs with their scores, rows of {@link #SCHEMA}, written to a folder.
   *
   * @param pairs rows of {@link NearParts#SCHEMA}, each pair once
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  public Dataset<Row> scored(Dataset<Row> pairs, String folder) {
    Broadcast<Rivals> rivals =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(Rivals.of(pairs, facts));
    // Copies: the tasks need these values, not this object with its session.
    Broadcast<PartFacts> known = facts;
    IdentityScore formula = score;
    boolean both = within;
    JavaRDD<Row> rows =
        pairs.javaRDD().map(pair -> row(pair, known.value(), rivals.value(), formula, both));
    try {
      spark.createDataFrame(rows, SCHEMA).write().parquet(folder);
    } finally {
      rivals.destroy();
    }
    return Stored.read(spark, SCHEMA, folder);
  }

  private static Row row(
      Row pair, PartFacts facts, Rivals rivals, IdentityScore score, boolean within) {
    int a = facts.place(pair.getLong(0));
    int b = facts.place(pair.getLong(1));
    double distance = pair.getDouble(2);
    double normalised = facts.normalised(a, b, distance);
    double rival = rivals.of(facts, a, b);
    return RowFactory.create(
        pair.getLong(0),
        pair.getLong(1),
        distance,
        normalised,
        Double.isInfinite(rival) ? null : rival,
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
}
