package facelake.table;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code forgotten}: by what {@code index} knows photos and faces of people who were
 * forgotten, so that they do not come back. It holds hashes only; to remove the table lets them all
 * come back.
 */
public final class ForgottenTable {
  public static final String NAME = "forgotten";

  public static final String KIND = "kind";
  public static final String HASH = "hash";
  public static final String SALT = "salt";
  public static final String RUN_ID = ImagesTable.RUN_ID;
  public static final String RECORDED_AT = "recorded_at";

  /** Values of {@link #KIND}. */
  public static final String IMAGE = "image";

  public static final String URI = "uri";
  public static final String IDENTITY = "identity";
  public static final String FACE = "face";

  public static final StructType SCHEMA =
      new Columns()
          .required(
              KIND,
              DataTypes.StringType,
              "what the hash is of: image (its content), uri (with the version of the source),"
                  + " identity (with its dataset) or face (the image's content and the box)")
          .required(HASH, DataTypes.StringType, "sha256 of salt, kind and what is forgotten")
          .required(SALT, DataTypes.StringType, "32 hex digits drawn once for the lake")
          .same(ImagesTable.SCHEMA, RUN_ID)
          .required(RECORDED_AT, DataTypes.TimestampType, "when the run that wrote this row began")
          .schema();

  static final TableSpec SPEC =
      new TableSpec(
          NAME,
          "By what index knows photos and faces of forgotten people, as salted hashes",
          SCHEMA,
          List.of(),
          Map.of(
              "known_kind",
              "kind IN ('image', 'uri', 'identity', 'face')",
              "hash_length",
              "length(hash) = 64 AND length(salt) = 32"),
          Map.of());

  private static final String OLD = "old";
  private static final String NEW = "new";

  private final DeltaFile file;

  private ForgottenTable(DeltaFile file) {
    this.file = file;
  }

  /** The table of a lake, made where it does not stand yet. */
  public static ForgottenTable create(SparkSession spark, Lake lake) {
    return new ForgottenTable(DeltaFile.create(spark, lake, SPEC));
  }

  /**
   * The table of a lake.
   *
   * @throws facelake.UserError when the lake has none
   */
  public static ForgottenTable open(SparkSession spark, Lake lake) {
    return new ForgottenTable(DeltaFile.open(spark, lake, SPEC));
  }

  /** All rows, as of now. */
  public Dataset<Row> read() {
    return file.read();
  }

  /** Adds those rows whose hash is not there yet, in one commit. */
  public void addNew(List<Row> rows) {
    Dataset<Row> added = file.spark().createDataFrame(rows, SCHEMA).dropDuplicates(HASH);
    file.as(OLD)
        .merge(added.as(NEW), OLD + "." + HASH + " = " + NEW + "." + HASH)
        .whenNotMatched()
        .insertAll()
        .execute();
  }
}
