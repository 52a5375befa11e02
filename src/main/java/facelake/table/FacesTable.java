package facelake.table;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code faces}: one row for each face, with its box, embedding and labels. Partitioned by
 * dataset, as {@link ImagesTable} is.
 *
 * <p>A run appends faces first and writes their images' rows after, both with its run id; faces
 * without such an image row were left by a run that was killed in between, or belong to an image
 * that was replaced or removed since. {@link #deleteOrphans} takes them away.
 */
public final class FacesTable {
  public static final String NAME = "faces";

  public static final String FACE_ID = "face_id";
  public static final String DATASET = ImagesTable.DATASET;
  public static final String URI = ImagesTable.URI;
  public static final String IMAGE_ID = ImagesTable.IMAGE_ID;
  public static final String IDENTITY = ImagesTable.IDENTITY;
  public static final String IMAGE_WIDTH = "image_width";
  public static final String IMAGE_HEIGHT = "image_height";
  public static final String BOX = "box";
  public static final String BOX_SOURCE = "box_source";
  public static final String DETECTION_SCORE = "detection_score";
  public static final String LANDMARKS = "landmarks";
  public static final String SIZE = "size";
  public static final String SHARPNESS = "sharpness";
  public static final String POSE = "pose";
  public static final String GENDER = "gender";
  public static final String MALE_PROBABILITY = "male_probability";
  public static final String EMBEDDER = "embedder";
  public static final String PIPELINE = ImagesTable.PIPELINE;
  public static final String RUN_ID = ImagesTable.RUN_ID;
  public static final String EMBEDDING = "embedding";

  /** Fields of {@link #BOX}. */
  public static final String LEFT = "left";

  public static final String TOP = "top";
  public static final String RIGHT = "right";
  public static final String BOTTOM = "bottom";

  /** Fields of each of {@link #LANDMARKS}. */
  public static final String X = "x";

  public static final String Y = "y";

  /** Fields of {@link #POSE}. */
  public static final String ROLL = "roll";

  public static final String YAW = "yaw";

  /** Number of floats in an {@link #EMBEDDING}. */
  public static final int EMBEDDING_LENGTH = 128;

  public static final StructType BOX_TYPE =
      new StructType()
          .add(LEFT, DataTypes.IntegerType, false)
          .add(TOP, DataTypes.IntegerType, false)
          .add(RIGHT, DataTypes.IntegerType, false)
          .add(BOTTOM, DataTypes.IntegerType, false);

  public static final StructType POINT_TYPE =
      new StructType().add(X, DataTypes.IntegerType).add(Y, DataTypes.IntegerType);

  public static final StructType POSE_TYPE =
      new StructType().add(ROLL, DataTypes.FloatType, false).add(YAW, DataTypes.FloatType, false);

  public static final StructType SCHEMA =
      new Columns()
          .required(FACE_ID, DataTypes.StringType, "the face; unique in the lake")
          .same(ImagesTable.SCHEMA, DATASET)
          .same(ImagesTable.SCHEMA, URI)
          .required(IMAGE_ID, DataTypes.StringType, "sha256 of the bytes of the image")
          .same(ImagesTable.SCHEMA, IDENTITY)
          .required(IMAGE_WIDTH, DataTypes.IntegerType, "pixels of the oriented image")
          .required(IMAGE_HEIGHT, DataTypes.IntegerType, "pixels of the oriented image")
          .required(
              BOX,
              BOX_TYPE,
              "pixels of the oriented image, right and bottom inclusive, clipped to the image")
          .required(
              BOX_SOURCE,
              DataTypes.StringType,
              "detector, or centre where a face crop was taken as it is")
          .optional(
              DETECTION_SCORE,
              DataTypes.FloatType,
              "the detector's confidence, higher is surer; null without a detection")
          .required(
              LANDMARKS,
              DataTypes.createArrayType(POINT_TYPE),
              "points in pixels of the oriented image, in the order of the landmark model")
          .required(SIZE, DataTypes.IntegerType, "the shorter side of the box, pixels")
          .required(SHARPNESS, DataTypes.FloatType, "higher is sharper; compare like sizes")
          .required(POSE, POSE_TYPE, "degrees, estimated from the landmarks")
          .optional(
              GENDER,
              DataTypes.StringType,
              "female or male, as the model says, or unknown where it is in doubt")
          .optional(MALE_PROBABILITY, DataTypes.FloatType, "0 to 1, as the model says")
          .required(
              EMBEDDER,
              DataTypes.StringType,
              "name, first 12 digits of the sha256 of the model, the precision where it is not fp32,"
                  + " and the copies that an embedding is the mean of")
          .same(ImagesTable.SCHEMA, PIPELINE)
          .same(ImagesTable.SCHEMA, RUN_ID)
          // Last: Delta keeps statistics on the first 32 columns, and these would be useless.
          .required(
              EMBEDDING,
              DataTypes.createArrayType(DataTypes.FloatType, false),
              "128 floats, compared by Euclidean distance, only with those of the same embedder")
          .schema();

  static final TableSpec SPEC =
      new TableSpec(
          NAME,
          "One row for each face, with its box, embedding and labels",
          SCHEMA,
          List.of(DATASET),
          Map.of(
              "embedding_length",
              "size(embedding) = " + EMBEDDING_LENGTH,
              "box_inside_image",
              "box.left >= 0 AND box.left <= box.right AND box.right < image_width"
                  + " AND box.top >= 0 AND box.top <= box.bottom AND box.bottom < image_height",
              "known_box_source",
              "box_source IN ('detector', 'centre')",
              "known_gender",
              "gender IS NULL OR gender IN ('female', 'male', 'unknown')",
              "probability_in_range",
              "male_probability IS NULL OR male_probability BETWEEN 0 AND 1"),
          // Tasks are small, so that progress shows; files should not be.
          Map.of("delta.autoOptimize.optimizeWrite", "true"));

  private static final String FACE = "face";
  private static final String ORPHAN = "orphan";

  private final Lake lake;
  private final DeltaFile file;

  private FacesTable(Lake lake, DeltaFile file) {
    this.lake = lake;
    this.file = file;
  }

  /** The table of a lake, made where it does not stand yet. */
  public static FacesTable create(SparkSession spark, Lake lake) {
    return new FacesTable(lake, DeltaFile.create(spark, lake, SPEC));
  }

  /**
   * The table of a lake.
   *
   * @throws facelake.UserError when the lake has none
   */
  public static FacesTable open(SparkSession spark, Lake lake) {
    return new FacesTable(lake, DeltaFile.open(spark, lake, SPEC));
  }

  /** All rows, as of now. */
  public Dataset<Row> read() {
    return file.read();
  }

  /**
   * The rows whose image is whole, as of now: without those that a killed run has left, or a run
   * that is half-way.
   *
   * @throws facelake.UserError when the lake has no images
   */
  public Dataset<Row> readWhole() {
    return read().join(wholeImages(), new String[] {DATASET, URI, RUN_ID}, "left_semi");
  }

  private Dataset<Row> wholeImages() {
    return ImagesTable.open(file.spark(), lake)
        .read()
        .where(col(ImagesTable.STATUS).equalTo(ImageStatus.OK.label()))
        .select(DATASET, URI, RUN_ID);
  }

  /**
   * Adds faces in one commit.
   *
   * @param rows all columns of {@link #SCHEMA}, by name
   */
  public void append(Dataset<Row> rows) {
    file.append(rows);
  }

  /**
   * Deletes the faces of a dataset that have no row in {@link ImagesTable} with the same dataset,
   * uri and run id and the status ok, in one commit; commits nothing where there are none. Must not
   * run while another run indexes the same dataset.
   */
  public void deleteOrphans(String dataset) {
    Dataset<Row> whole = wholeImages().where(col(DATASET).equalTo(dataset)).select(URI, RUN_ID);
    Dataset<Row> orphans =
        read()
            .where(col(DATASET).equalTo(dataset))
            .select(URI, RUN_ID)
            .distinct()
            .join(whole, new String[] {URI, RUN_ID}, "left_anti");
    if (!orphans.isEmpty()) {
      file.as(FACE)
          .merge(
              orphans.as(ORPHAN),
              col(FACE + "." + DATASET).equalTo(dataset).and(same(URI)).and(same(RUN_ID)))
          .whenMatched()
          .delete()
          .execute();
    }
  }

  private static Column same(String column) {
    return col(FACE + "." + column).equalTo(col(ORPHAN + "." + column));
  }
}
