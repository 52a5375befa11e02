package facelake.table;

import facelake.match.MatchReason;
import facelake.match.MatchVerdict;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code matches}: which labelled identities are one person, one row for each pair of them
 * with evidence. An identity is cut into parts: part 0 is its main part, the others are faces that
 * do not belong to it; a pair is of two parts.
 */
public final class MatchesTable {
  public static final String NAME = "matches";

  public static final String DATASET_A = DecisionsTable.DATASET_A;
  public static final String IDENTITY_A = DecisionsTable.IDENTITY_A;
  public static final String PART_A = "part_a";
  public static final String FACES_A = "faces_a";
  public static final String DATASET_B = DecisionsTable.DATASET_B;
  public static final String IDENTITY_B = DecisionsTable.IDENTITY_B;
  public static final String PART_B = "part_b";
  public static final String FACES_B = "faces_b";
  public static final String PAIRS = "pairs";
  public static final String PAIRS_NEAR = "pairs_near";
  public static final String DISTANCE = "distance";
  public static final String DISTANCE_NORMALISED = "distance_normalised";
  public static final String RIVAL_NORMALISED = "rival_normalised";
  public static final String DISTANCE_MIN = "distance_min";
  public static final String DISTANCE_MEDIAN = "distance_median";
  public static final String DISTANCE_MEAN = "distance_mean";
  public static final String DISTANCE_MEDOID = "distance_medoid";
  public static final String SHARED_PHOTOS = "shared_photos";
  public static final String SAME_PHOTO = "same_photo";
  public static final String GENDER_AGREEMENT = "gender_agreement";
  public static final String SCORE = "score";
  public static final String LOG_LIKELIHOOD_RATIO = "log_likelihood_ratio";
  public static final String PROBABILITY = "probability";
  public static final String EXPECTED_FALSE_MERGES = "expected_false_merges";
  public static final String VERDICT = "verdict";
  public static final String REASON = "reason";
  public static final String BRIDGE = "bridge";
  public static final String GROUP_DENSITY = "group_density";
  public static final String BEST_PAIRS = "best_pairs";
  public static final String EMBEDDER = FacesTable.EMBEDDER;
  public static final String RUN_ID = FacesTable.RUN_ID;

  /** Fields of each of {@link #BEST_PAIRS}, beside {@link #DISTANCE}. */
  public static final String FACE_A = DecisionsTable.FACE_A;

  public static final String FACE_B = DecisionsTable.FACE_B;

  public static final StructType BEST_PAIR_TYPE =
      new StructType()
          .add(FACE_A, DataTypes.StringType)
          .add(FACE_B, DataTypes.StringType)
          .add(DISTANCE, DataTypes.DoubleType);

  public static final StructType SCHEMA =
      new Columns()
          .required(DATASET_A, DataTypes.StringType, "the dataset of identity_a")
          .required(IDENTITY_A, DataTypes.StringType, "one identity")
          .required(PART_A, DataTypes.IntegerType, "the part of identity_a; 0 is its main part")
          .required(FACES_A, DataTypes.IntegerType, "faces of the part of identity_a")
          .required(DATASET_B, DataTypes.StringType, "the dataset of identity_b")
          .required(IDENTITY_B, DataTypes.StringType, "the other identity")
          .required(PART_B, DataTypes.IntegerType, "the part of identity_b; 0 is its main part")
          .required(FACES_B, DataTypes.IntegerType, "faces of the part of identity_b")
          .required(PAIRS, DataTypes.IntegerType, "measured pairs of a face of a and a face of b")
          .required(
              PAIRS_NEAR, DataTypes.IntegerType, "of these under the limit for faces of one person")
          .required(DISTANCE, DataTypes.DoubleType, "between the means of the embeddings")
          .required(
              DISTANCE_NORMALISED,
              DataTypes.DoubleType,
              "the distance against how near strangers come; under 0 is nearer than they do")
          .optional(
              RIVAL_NORMALISED,
              DataTypes.DoubleType,
              "distance_normalised of the best other candidate that either side has in the other's"
                  + " dataset; null without one")
          .required(DISTANCE_MIN, DataTypes.DoubleType, "least distance of the measured pairs")
          .required(DISTANCE_MEDIAN, DataTypes.DoubleType, "median distance of the measured pairs")
          .required(DISTANCE_MEAN, DataTypes.DoubleType, "mean distance of the measured pairs")
          .required(
              DISTANCE_MEDOID,
              DataTypes.DoubleType,
              "between the faces that are most central in their parts")
          .required(
              SHARED_PHOTOS,
              DataTypes.IntegerType,
              "photos of one side of which the other has a copy")
          .required(
              SAME_PHOTO, DataTypes.IntegerType, "photos that show both, who are then two people")
          .optional(
              GENDER_AGREEMENT,
              DataTypes.DoubleType,
              "0 to 1: 1 less the difference of the mean male probabilities; null without labels")
          .required(SCORE, DataTypes.DoubleType, "all evidence in one number; higher is liker")
          .required(
              LOG_LIKELIHOOD_RATIO,
              DataTypes.DoubleType,
              "natural logarithm of how much likelier the score is of one person than of two")
          .required(PROBABILITY, DataTypes.DoubleType, "0 to 1: that they are one person")
          .required(
              EXPECTED_FALSE_MERGES,
              DataTypes.DoubleType,
              "pairs of different people, among all pairs, that are expected to score as high")
          .required(VERDICT, DataTypes.StringType, labels(verdicts()))
          .required(REASON, DataTypes.StringType, "why the verdict is so: " + labels(reasons()))
          .required(
              BRIDGE,
              DataTypes.BooleanType,
              "whether the verdict is review because a group would hang together by this pair")
          .optional(
              GROUP_DENSITY,
              DataTypes.DoubleType,
              "0 to 1: part of the pairs in the person's group with evidence of their own; null"
                  + " where there is no group")
          .required(
              BEST_PAIRS,
              DataTypes.createArrayType(BEST_PAIR_TYPE),
              "the nearest pairs of a face of a and a face of b, with their distance")
          .same(FacesTable.SCHEMA, EMBEDDER)
          .same(FacesTable.SCHEMA, RUN_ID)
          .schema();

  static final TableSpec SPEC =
      new TableSpec(
          NAME,
          "Which labelled identities are one person, one row for each pair with evidence",
          SCHEMA,
          List.of(),
          Map.ofEntries(
              Map.entry(
                  "two_parts",
                  "NOT (dataset_a = dataset_b AND identity_a = identity_b AND part_a = part_b)"),
              Map.entry(
                  "counts_not_negative",
                  "part_a >= 0 AND part_b >= 0 AND faces_a >= 1 AND faces_b >= 1"
                      + " AND shared_photos >= 0 AND same_photo >= 0"),
              Map.entry("near_among_pairs", "pairs_near BETWEEN 0 AND pairs"),
              Map.entry(
                  "distances_not_negative",
                  Stream.of(DISTANCE, DISTANCE_MIN, DISTANCE_MEDIAN, DISTANCE_MEAN, DISTANCE_MEDOID)
                      .map(Checks::notNegative)
                      .collect(Collectors.joining(" AND "))),
              Map.entry(
                  "fractions_in_range",
                  Stream.of(
                          Checks.fraction(PROBABILITY),
                          Checks.nullOr(GENDER_AGREEMENT, Checks.fraction(GENDER_AGREEMENT)),
                          Checks.nullOr(GROUP_DENSITY, Checks.fraction(GROUP_DENSITY)))
                      .collect(Collectors.joining(" AND "))),
              Map.entry(
                  "evidence_is_number",
                  "NOT (isnan(distance_normalised) OR isnan(score) OR isnan(log_likelihood_ratio))"),
              Map.entry(
                  "rival_is_number",
                  Checks.nullOr(RIVAL_NORMALISED, "NOT isnan(" + RIVAL_NORMALISED + ")")),
              Map.entry("false_merges_not_negative", Checks.notNegative(EXPECTED_FALSE_MERGES)),
              Map.entry("known_verdict", Checks.oneOf(VERDICT, verdicts())),
              Map.entry("known_reason", Checks.oneOf(REASON, reasons())),
              Map.entry(
                  "bridge_is_for_review",
                  "NOT bridge OR verdict = '" + MatchVerdict.REVIEW.label() + "'")),
          Map.of());

  private final DeltaFile file;

  private MatchesTable(DeltaFile file) {
    this.file = file;
  }

  /** The table of a lake, made where it does not stand yet. */
  public static MatchesTable create(SparkSession spark, Lake lake) {
    return new MatchesTable(DeltaFile.create(spark, lake, SPEC));
  }

  /**
   * The table of a lake.
   *
   * @throws facelake.UserError when the lake has none
   */
  public static MatchesTable open(SparkSession spark, Lake lake) {
    return new MatchesTable(DeltaFile.open(spark, lake, SPEC));
  }

  /** All rows, as of now. */
  public Dataset<Row> read() {
    return file.read();
  }

  /**
   * Puts rows in the place of all rows, in one commit.
   *
   * @param rows all columns of {@link #SCHEMA}, by name
   */
  public void replace(Dataset<Row> rows) {
    file.replaceAll(rows);
  }

  private static Stream<String> verdicts() {
    return Arrays.stream(MatchVerdict.values()).map(MatchVerdict::label);
  }

  private static Stream<String> reasons() {
    return Arrays.stream(MatchReason.values()).map(MatchReason::label);
  }

  private static String labels(Stream<String> labels) {
    return labels.collect(Collectors.joining(", "));
  }
}
