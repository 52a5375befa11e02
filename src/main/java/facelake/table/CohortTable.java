package facelake.table;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code cohort}: the identities that {@code dedupe} measures all others against, one row for
 * each. What stands in {@link IdentityPartsTable} holds for the cohort that it names.
 */
public final class CohortTable {
  public static final String NAME = "cohort";

  public static final String COHORT = "cohort";
  public static final String PLACE = "place";
  public static final String DATASET = FacesTable.DATASET;
  public static final String IDENTITY = FacesTable.IDENTITY;
  public static final String KEY = "key";
  public static final String MEAN = "mean";
  public static final String SEED = "seed";
  public static final String EMBEDDER = FacesTable.EMBEDDER;
  public static final String IDENTITIES = "identities";
  public static final String RUN_ID = FacesTable.RUN_ID;

  public static final StructType SCHEMA =
      new Columns()
          .required(
              COHORT,
              DataTypes.StringType,
              "the cohort, named by all that measures depend on: its members and the method")
          .required(PLACE, DataTypes.IntegerType, "of the member, from 0")
          .same(FacesTable.SCHEMA, DATASET)
          .required(
              IDENTITY,
              DataTypes.StringType,
              "the identity as the dataset labels it, or the cluster of unlabelled faces")
          .required(KEY, DataTypes.LongType, "a number for dataset and identity")
          .required(
              MEAN,
              DataTypes.createArrayType(DataTypes.FloatType, false),
              "mean of the embeddings of a few of its faces")
          .required(SEED, DataTypes.LongType, "what the cohort was drawn by")
          .same(FacesTable.SCHEMA, EMBEDDER)
          .required(IDENTITIES, DataTypes.LongType, "identities that it was drawn from")
          .same(FacesTable.SCHEMA, RUN_ID)
          .schema();

  static final TableSpec SPEC =
      new TableSpec(
          NAME,
          "The identities that dedupe measures all others against, one row for each",
          SCHEMA,
          List.of(),
          Map.of(
              "place_not_negative",
              "place >= 0",
              "members_among_identities",
              "identities > place",
              "mean_length",
              "size(mean) = " + FacesTable.EMBEDDING_LENGTH),
          Map.of());

  private final DeltaFile file;

  private CohortTable(DeltaFile file) {
    this.file = file;
  }

  /** The table of a lake, made where it does not stand yet. */
  public static CohortTable create(SparkSession spark, Lake lake) {
    return new CohortTable(DeltaFile.create(spark, lake, SPEC));
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
