package facelake.table;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code near_parts}: which parts of identities lie near each other, kept for the runs of
 * {@code dedupe} that follow.
 *
 * <p>Of any two parts that have a row with themselves, it has a row for both where they are near,
 * and none where they are not.
 */
public final class NearPartsTable {
  public static final String NAME = "near_parts";

  public static final String A = "a";
  public static final String B = "b";
  public static final String DISTANCE = "distance";
  public static final String COHORT = CohortTable.COHORT;
  public static final String DEVIATIONS = "deviations";
  public static final String RUN_ID = FacesTable.RUN_ID;

  public static final StructType SCHEMA =
      new Columns()
          .required(
              A,
              DataTypes.LongType,
              "a number for the part, its faces and all that was said of them")
          .required(
              B,
              DataTypes.LongType,
              "that of the other part; equal to a where the part was compared with all others that have such a"
                  + " row")
          .required(DISTANCE, DataTypes.FloatType, "distance between the means of the embeddings")
          .required(COHORT, DataTypes.StringType, "the cohort that both were measured against")
          .required(
              DEVIATIONS,
              DataTypes.DoubleType,
              "how many deviations nearer than near strangers one is to the other at least")
          .same(FacesTable.SCHEMA, RUN_ID)
          .schema();

  static final TableSpec SPEC =
      new TableSpec(
          NAME,
          "Which parts of identities lie near each other, kept for the runs that follow",
          SCHEMA,
          List.of(),
          Map.of("distance_not_negative", Checks.notNegative(DISTANCE)),
          Map.of());

  private final DeltaFile file;

  private NearPartsTable(DeltaFile file) {
    this.file = file;
  }

  /** The table of a lake, made where it does not stand yet. */
  public static NearPartsTable create(SparkSession spark, Lake lake) {
    return new NearPartsTable(DeltaFile.create(spark, lake, SPEC));
  }

  /** All rows, as of now. */
  public Dataset<Row> read() {
    return file.read();
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
