package facelake.table;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code identity_parts}: what {@code dedupe} measured of the identities, one row for each
 * part, kept for the runs that follow.
 *
 * <p>A row holds for the faces whose {@link #FINGERPRINT} it has, measured against the {@link
 * #COHORT} that it names, and says nothing about any others. So rows of a run that was killed are
 * as good as all others, and rows that no identity fits any more do no harm.
 */
public final class IdentityPartsTable {
  public static final String NAME = "identity_parts";

  public static final String DATASET = FacesTable.DATASET;
  public static final String IDENTITY = FacesTable.IDENTITY;
  public static final String KEY = "key";
  public static final String FINGERPRINT = "fingerprint";
  public static final String COHORT = CohortTable.COHORT;
  public static final String LABELLED = "labelled";
  public static final String PART = PeopleTable.PART;
  public static final String SIZE = "size";
  public static final String MEAN = "mean";
  public static final String NEAR_MEAN = "near_mean";
  public static final String NEAR_DEVIATION = "near_deviation";
  public static final String LIMIT_DISTANCE = LabelIssuesTable.LIMIT_DISTANCE;
  public static final String MALE = "male";
  public static final String PHOTOS = "photos";
  public static final String SHOWN = "shown";
  public static final String FACES = "faces";
  public static final String HALVES = "halves";
  public static final String RUN_ID = FacesTable.RUN_ID;

  /** Fields of a face in {@link #FACES}, the first of them also in {@link #SHOWN}. */
  public static final String FACE_ID = FacesTable.FACE_ID;

  public static final String URI = FacesTable.URI;
  public static final String ROLE = PeopleTable.ROLE;
  public static final String DISTANCE = "distance";
  public static final String EMBEDDING = FacesTable.EMBEDDING;

  /** Fields of {@link #HALVES} besides {@link #DISTANCE} and {@link #SIZE}. */
  public static final String NORMALISED = "normalised";

  public static final String OTHER_SIZE = "other_size";

  private static final DataType EMBEDDING_TYPE =
      DataTypes.createArrayType(DataTypes.FloatType, false);

  // Delta takes no nested columns that are never null.

  /** A face of {@link #SHOWN}. */
  public static final StructType SHOWN_FACE =
      new StructType().add(FACE_ID, DataTypes.StringType).add(EMBEDDING, DataTypes.BinaryType);

  /** A face of {@link #FACES}. */
  public static final StructType FACE =
      new StructType()
          .add(FACE_ID, DataTypes.StringType)
          .add(URI, DataTypes.StringType)
          .add(ROLE, DataTypes.StringType)
          .add(DISTANCE, DataTypes.DoubleType);

  /** The type of {@link #HALVES}. */
  public static final StructType HALVES_TYPE =
      new StructType()
          .add(DISTANCE, DataTypes.DoubleType)
          .add(NORMALISED, DataTypes.DoubleType)
          .add(SIZE, DataTypes.IntegerType)
          .add(OTHER_SIZE, DataTypes.IntegerType);

  public static final StructType SCHEMA =
      new Columns()
          .same(FacesTable.SCHEMA, DATASET)
          .required(
              IDENTITY,
              DataTypes.StringType,
              "the identity as the dataset labels it, or the cluster of unlabelled faces")
          .required(KEY, DataTypes.LongType, "a number for dataset and identity")
          .required(
              FINGERPRINT,
              DataTypes.LongType,
              "a number for the identity's faces and all that was said of them")
          .required(COHORT, DataTypes.StringType, "the cohort that it was measured against")
          .required(
              LABELLED,
              DataTypes.BooleanType,
              "true where the identity is a label of the dataset, false for a cluster")
          .required(
              PART,
              DataTypes.IntegerType,
              "0 is the main part, which has most of the faces; where no part has, there is none")
          .required(SIZE, DataTypes.IntegerType, "faces of the part")
          .required(MEAN, EMBEDDING_TYPE, "mean of the embeddings of the part")
          .required(NEAR_MEAN, DataTypes.DoubleType, "mean distance of near strangers to the mean")
          .required(NEAR_DEVIATION, DataTypes.DoubleType, "the deviation of these distances")
          .required(
              LIMIT_DISTANCE,
              DataTypes.DoubleType,
              "two single faces of the identity are nearer than this")
          .optional(MALE, DataTypes.DoubleType, "mean male probability, null without genders")
          .required(
              PHOTOS,
              DataTypes.createArrayType(DataTypes.LongType, false),
              "a number for each photo of the part")
          .required(
              FACES,
              DataTypes.createArrayType(FACE, false),
              "all faces, each with its distance to the mean of the first part, which is the main one"
                  + " where there is one")
          .optional(
              HALVES, HALVES_TYPE, "how alike the two halves of the part are, for the cohort's own")
          .same(FacesTable.SCHEMA, RUN_ID)
          .required(
              SHOWN,
              DataTypes.createArrayType(SHOWN_FACE, false),
              "up to 32 of the faces, spread evenly, with their embeddings: 128 floats of four bytes, the"
                  + " lowest first")
          .schema();

  static final TableSpec SPEC =
      new TableSpec(
          NAME,
          "What dedupe measured of the parts of identities, kept for the runs that follow",
          SCHEMA,
          List.of(),
          Map.of(
              "counts_in_range",
              "part >= 0 AND size >= 1",
              "mean_length",
              "size(mean) = " + FacesTable.EMBEDDING_LENGTH,
              "measures_not_negative",
              Checks.notNegative(NEAR_MEAN) + " AND " + Checks.notNegative(LIMIT_DISTANCE),
              "deviation_positive",
              "near_deviation > 0 AND NOT isnan(near_deviation)"),
          Map.of());

  private final DeltaFile file;

  private IdentityPartsTable(DeltaFile file) {
    this.file = file;
  }

  /** The table of a lake, made where it does not stand yet. */
  public static IdentityPartsTable create(SparkSession spark, Lake lake) {
    return new IdentityPartsTable(DeltaFile.create(spark, lake, SPEC));
  }

  /** All rows, as of now. */
  public Dataset<Row> read() {
    return file.read();
  }

  /**
   * Adds rows in one commit.
   *
   * @param rows all columns of {@link #SCHEMA}, by name
   */
  public void append(Dataset<Row> rows) {
    file.append(rows);
  }

  /**
   * Puts rows in the place of all there are, in one commit.
   *
   * @param rows all columns of {@link #SCHEMA}, by name
   */
  public void replace(Dataset<Row> rows) {
    file.replaceAll(rows);
  }
}
