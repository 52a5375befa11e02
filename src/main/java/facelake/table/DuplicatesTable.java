package facelake.table;

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
 * Table {@code duplicates}: photos that stand in the lake more than once, one row for each copy. An
 * image without copies has no row.
 */
public final class DuplicatesTable {
  public static final String NAME = "duplicates";

  public static final String DUPLICATE_ID = "duplicate_id";
  public static final String KIND = "kind";
  public static final String KEEP = "keep";
  public static final String DATASET = ImagesTable.DATASET;
  public static final String URI = ImagesTable.URI;
  public static final String IMAGE_ID = ImagesTable.IMAGE_ID;
  public static final String IDENTITY = ImagesTable.IDENTITY;
  public static final String WIDTH = ImagesTable.WIDTH;
  public static final String HEIGHT = ImagesTable.HEIGHT;
  public static final String BYTES = ImagesTable.BYTES;
  public static final String BITS = "bits";
  public static final String DISTANCE = "distance";
  public static final String DATASETS = "datasets";
  public static final String IDENTITIES = "identities";
  public static final String CONFLICT = "conflict";
  public static final String RUN_ID = ImagesTable.RUN_ID;

  /** Most names in {@link #IDENTITIES}, which stand in each row of the photo. */
  public static final int MOST_IDENTITIES = 100;

  public static final StructType SCHEMA =
      new Columns()
          .required(
              DUPLICATE_ID, DataTypes.StringType, "the photo of which all these rows are copies")
          .required(KIND, DataTypes.StringType, kinds().collect(Collectors.joining(", ")))
          .required(
              KEEP,
              DataTypes.BooleanType,
              "the one copy to keep: most pixels, then most bytes, then the oldest")
          .same(ImagesTable.SCHEMA, DATASET)
          .same(ImagesTable.SCHEMA, URI)
          .required(IMAGE_ID, DataTypes.StringType, "sha256 of the bytes of the image")
          .same(ImagesTable.SCHEMA, IDENTITY)
          .same(ImagesTable.SCHEMA, WIDTH)
          .same(ImagesTable.SCHEMA, HEIGHT)
          .same(ImagesTable.SCHEMA, BYTES)
          .required(
              BITS,
              DataTypes.IntegerType,
              "bits in which the perceptual hash differs from the kept copy's")
          .optional(
              DISTANCE,
              DataTypes.FloatType,
              "how far the embeddings of the faces of a near copy are from the kept copy's; null"
                  + " where a copy has no face")
          .required(
              DATASETS,
              DataTypes.createArrayType(DataTypes.StringType, false),
              "the datasets that have the photo, sorted")
          .required(
              IDENTITIES,
              DataTypes.createArrayType(DataTypes.StringType, false),
              "the people that the photo stands under as dataset/identity, sorted, the first "
                  + MOST_IDENTITIES)
          .required(
              CONFLICT,
              DataTypes.BooleanType,
              "true where one dataset has the photo under two identities")
          .same(ImagesTable.SCHEMA, RUN_ID)
          .schema();

  static final TableSpec SPEC =
      new TableSpec(
          NAME,
          "Photos that stand in the lake more than once, one row for each copy",
          SCHEMA,
          List.of(),
          Map.of(
              "known_kind",
              "kind IN (" + kinds().collect(Collectors.joining("', '", "'", "'")) + ")",
              "kept_is_kept",
              "keep = (kind = 'kept')",
              "bits_in_range",
              "bits BETWEEN 0 AND 64",
              "only_near_differ",
              "kind = 'near' OR bits = 0 AND distance IS NULL",
              "distance_not_negative",
              "distance IS NULL OR distance >= 0",
              "has_datasets",
              "size(datasets) >= 1"),
          Map.of());

  private final DeltaFile file;

  private DuplicatesTable(DeltaFile file) {
    this.file = file;
  }

  /** The table of a lake, made where it does not stand yet. */
  public static DuplicatesTable create(SparkSession spark, Lake lake) {
    return new DuplicatesTable(DeltaFile.create(spark, lake, SPEC));
  }

  /**
   * The table of a lake.
   *
   * @throws facelake.UserError when the lake has none
   */
  public static DuplicatesTable open(SparkSession spark, Lake lake) {
    return new DuplicatesTable(DeltaFile.open(spark, lake, SPEC));
  }

  /** All rows, as of now. */
  public Dataset<Row> read() {
    return file.read();
  }

  /**
   * Puts these rows in the place of all there are, in one commit.
   *
   * @param rows all columns of {@link #SCHEMA}, by name
   */
  public void replace(Dataset<Row> rows) {
    file.replaceAll(rows);
  }

  private static Stream<String> kinds() {
    return Arrays.stream(CopyKind.values()).map(CopyKind::label);
  }
}
