package facelake.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code images}: one row for each image that was ever met, with what became of it. The key
 * is dataset and uri. Partitioned by dataset, so that runs over different datasets never stand in
 * each other's way.
 */
public final class ImagesTable {
  public static final String NAME = "images";

  public static final String DATASET = "dataset";
  public static final String URI = "uri";
  public static final String SOURCE = "source";
  public static final String SOURCE_VERSION = "source_version";
  public static final String IMAGE_ID = "image_id";
  public static final String IDENTITY = "identity";
  public static final String BYTES = "bytes";
  public static final String WIDTH = "width";
  public static final String HEIGHT = "height";
  public static final String FORMAT = "format";
  public static final String ORIENTATION = "orientation";
  public static final String PERCEPTUAL_HASH = "perceptual_hash";
  public static final String STATUS = "status";
  public static final String FAILURE_CLASS = "failure_class";
  public static final String FAILURE_MESSAGE = "failure_message";
  public static final String FACES = "faces";
  public static final String PIPELINE = "pipeline";
  public static final String RUN_ID = "run_id";
  public static final String PROCESSED_AT = "processed_at";

  public static final StructType SCHEMA =
      new Columns()
          .required(DATASET, DataTypes.StringType, "the dataset that the image belongs to")
          .required(URI, DataTypes.StringType, "where the image is; unique inside its dataset")
          .required(SOURCE, DataTypes.StringType, "the input of the run that the image came from")
          .required(
              SOURCE_VERSION,
              DataTypes.StringType,
              "changes when the content of the uri may have changed")
          .optional(IMAGE_ID, DataTypes.StringType, "sha256 of the bytes; null when unreadable")
          .optional(
              IDENTITY, DataTypes.StringType, "the person, as the dataset itself labels the image")
          .optional(BYTES, DataTypes.LongType, "size of the encoded image")
          .optional(WIDTH, DataTypes.IntegerType, "pixels, after the orientation was applied")
          .optional(HEIGHT, DataTypes.IntegerType, "pixels, after the orientation was applied")
          .optional(FORMAT, DataTypes.StringType, "what the bytes are, such as jpeg")
          .optional(ORIENTATION, DataTypes.IntegerType, "EXIF orientation that was applied, 1 to 8")
          .optional(
              PERCEPTUAL_HASH, DataTypes.LongType, "64 bits that similar pictures share mostly")
          .required(STATUS, DataTypes.StringType, labels().collect(Collectors.joining(", ")))
          .optional(FAILURE_CLASS, DataTypes.StringType, "why a failed image failed, as a word")
          .optional(FAILURE_MESSAGE, DataTypes.StringType, "why a failed image failed, in words")
          .required(FACES, DataTypes.IntegerType, "rows of this image in the table faces")
          .required(
              PIPELINE, DataTypes.StringType, "fingerprint of the models and options of the run")
          .required(RUN_ID, DataTypes.StringType, "the run that wrote this row; see the table runs")
          .required(PROCESSED_AT, DataTypes.TimestampType, "when this row was written")
          .schema();

  static final TableSpec SPEC =
      new TableSpec(
          NAME,
          "One row for each image, with what became of it",
          SCHEMA,
          List.of(DATASET),
          Map.of(
              "known_status",
              "status IN (" + labels().collect(Collectors.joining("', '", "'", "'")) + ")",
              "faces_not_negative",
              "faces >= 0",
              "failed_has_class",
              "status <> 'failed' OR failure_class IS NOT NULL"),
          Map.of());

  private static final String OLD = "old";
  private static final String NEW = "new";

  private final DeltaFile file;

  private ImagesTable(DeltaFile file) {
    this.file = file;
  }

  /** The table of a lake, made where it does not stand yet. */
  public static ImagesTable create(SparkSession spark, Lake lake) {
    return new ImagesTable(DeltaFile.create(spark, lake, SPEC));
  }

  /**
   * The table of a lake.
   *
   * @throws facelake.UserError when the lake has none
   */
  public static ImagesTable open(SparkSession spark, Lake lake) {
    return new ImagesTable(DeltaFile.open(spark, lake, SPEC));
  }

  /** All rows, as of now. */
  public Dataset<Row> read() {
    return file.read();
  }

  /** The names of the datasets with an image that has a face, sorted. */
  public List<String> datasetsWithFaces() {
    return read()
        .where(col(STATUS).equalTo(ImageStatus.OK.label()))
        .select(DATASET)
        .distinct()
        .orderBy(DATASET)
        .as(Encoders.STRING())
        .collectAsList();
  }

  /** How many images of a dataset failed in another run than this one and are still there. */
  public long failedBefore(String dataset, String runId) {
    return read()
        .where(col(DATASET).equalTo(dataset))
        .where(col(STATUS).equalTo(ImageStatus.FAILED.label()))
        .where(col(RUN_ID).notEqual(runId))
        .count();
  }

  /**
   * Writes the rows of one dataset in one commit: a row takes the place of the row with the same
   * uri, or is added.
   *
   * @param dataset the dataset of every row; rows of another are an error
   * @param rows all columns of {@link #SCHEMA}, each uri at most once; computed once
   */
  public void upsert(String dataset, Dataset<Row> rows) {
    file.as(OLD)
        .merge(only(dataset, file.ownColumns(rows)).as(NEW), sameImage(dataset))
        .whenMatched()
        .updateAll()
        .whenNotMatched()
        .insertAll()
        .execute();
  }

  /**
   * Marks images of one dataset as no longer there, in one commit. Their faces are orphans then:
   * see {@link FacesTable#deleteOrphans}.
   *
   * @param uris a column {@link #URI}; each at most once; those that are unknown or marked already
   *     are left alone
   * @param runId the run that found them gone
   */
  public void markRemoved(String dataset, Dataset<Row> uris, String runId) {
    Map<String, Column> changes =
        Map.of(
            STATUS, lit(ImageStatus.REMOVED.label()),
            FACES, lit(0),
            RUN_ID, lit(runId),
            PROCESSED_AT, current_timestamp());
    file.as(OLD)
        .merge(uris.select(URI).withColumn(DATASET, lit(dataset)).as(NEW), sameImage(dataset))
        .whenMatched(col(OLD + "." + STATUS).notEqual(ImageStatus.REMOVED.label()))
        .update(changes)
        .execute();
  }

  /**
   * Makes {@link #FACES} and {@link #STATUS} say how many rows of each image there are, where they
   * do not, in one commit.
   *
   * @param faces rows of {@link FacesTable}, of which some may have been taken out
   */
  public void recount(Dataset<Row> faces) {
    String there = "there";
    String image = "image";
    String counted = "counted";
    String[] key = {DATASET, URI, RUN_ID};
    Dataset<Row> other =
        read()
            .select(DATASET, URI, RUN_ID, FACES)
            .join(
                faces
                    .groupBy(col(DATASET), col(URI), col(RUN_ID))
                    .agg(count(lit(1)).cast("int").as(there)),
                key,
                "left_outer")
            .withColumn(there, coalesce(col(there), lit(0)))
            .where(col(there).notEqual(col(FACES)));
    if (!other.isEmpty()) {
      Column same = lit(true);
      for (String name : key) {
        same = same.and(col(image + "." + name).equalTo(col(counted + "." + name)));
      }
      file.as(image)
          .merge(other.as(counted), same)
          .whenMatched()
          .update(
              Map.of(
                  FACES,
                  col(counted + "." + there),
                  STATUS,
                  when(col(counted + "." + there).equalTo(0), lit(ImageStatus.NO_FACE.label()))
                      .otherwise(col(image + "." + STATUS))))
          .execute();
    }
  }

  /** The rows, failing where one is of another dataset: the merge would not see its old row. */
  private static Dataset<Row> only(String dataset, Dataset<Row> rows) {
    Column own = col(DATASET).equalTo(dataset);
    Column alien =
        concat(lit("a row of dataset "), col(DATASET), lit(" among those of dataset " + dataset));
    return rows.withColumn(DATASET, when(own, col(DATASET)).otherwise(raise_error(alien)));
  }

  /** The key, with the dataset spelt out so that Delta sees which partition a merge touches. */
  private static Column sameImage(String dataset) {
    return col(OLD + "." + DATASET)
        .equalTo(dataset)
        .and(col(OLD + "." + DATASET).equalTo(col(NEW + "." + DATASET)))
        .and(col(OLD + "." + URI).equalTo(col(NEW + "." + URI)));
  }

  private static Stream<String> labels() {
    return Arrays.stream(ImageStatus.values()).map(ImageStatus::label);
  }
}
