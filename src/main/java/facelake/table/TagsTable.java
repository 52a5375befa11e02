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
 * Table {@code tags}: names for faces, by a gallery of faces with names. One row for each face of
 * the tagged datasets, and one for each face of the gallery, so that the rows of a gallery say
 * themselves what they were compared with. The answers by different galleries stand beside each
 * other.
 */
public final class TagsTable {
  public static final String NAME = "tags";

  public static final String GALLERY = "gallery";
  public static final String FACE_ID = FacesTable.FACE_ID;
  public static final String DATASET = FacesTable.DATASET;
  public static final String URI = FacesTable.URI;
  public static final String VERDICT = "verdict";
  public static final String PERSON = "name";
  public static final String DISTANCE = "distance";
  public static final String MARGIN = "margin";
  public static final String VOTES = "votes";
  public static final String PROBABILITY = "probability";
  public static final String CANDIDATES = "candidates";
  public static final String NEIGHBOURS = "neighbours";
  public static final String THRESHOLD = "threshold";
  public static final String EMBEDDER = FacesTable.EMBEDDER;
  public static final String FACE_RUN = "face_run";
  public static final String RUN_ID = FacesTable.RUN_ID;

  public static final StructType CANDIDATE_TYPE =
      new StructType()
          .add(PERSON, DataTypes.StringType)
          .add(DISTANCE, DataTypes.FloatType)
          .add(VOTES, DataTypes.IntegerType)
          .add(PROBABILITY, DataTypes.DoubleType);

  public static final StructType NEIGHBOUR_TYPE =
      new StructType()
          .add(FACE_ID, DataTypes.StringType)
          .add(PERSON, DataTypes.StringType)
          .add(DISTANCE, DataTypes.FloatType);

  public static final StructType SCHEMA =
      new Columns()
          .required(
              GALLERY,
              DataTypes.StringType,
              "the datasets whose identities are the names, with commas")
          .same(FacesTable.SCHEMA, FACE_ID)
          .same(FacesTable.SCHEMA, DATASET)
          .same(FacesTable.SCHEMA, URI)
          .required(
              VERDICT,
              DataTypes.StringType,
              labels().collect(Collectors.joining(", "))
                  + "; the last for faces of the gallery itself")
          .optional(PERSON, DataTypes.StringType, "whom the face shows; null where it is unknown")
          .optional(
              DISTANCE,
              DataTypes.FloatType,
              "to the nearest gallery face of the name, of an unknown face to that of its first"
                  + " candidate; null for faces of the gallery, as margin, votes and probability are")
          .optional(
              MARGIN,
              DataTypes.FloatType,
              "how much farther the nearest other person is; under 0 where that one is nearer; null"
                  + " where the gallery has one person")
          .optional(VOTES, DataTypes.IntegerType, "kept gallery faces of the name that are near")
          .optional(
              PROBABILITY,
              DataTypes.DoubleType,
              "0 to 1: that the face shows the person; null where the embedder's distances are not"
                  + " known")
          .required(
              CANDIDATES,
              DataTypes.createArrayType(CANDIDATE_TYPE),
              "the people whom the face may show, the best first")
          .required(
              NEIGHBOURS,
              DataTypes.createArrayType(NEIGHBOUR_TYPE),
              "the kept gallery faces, the nearest first: the nearest, and one of each near person")
          .required(THRESHOLD, DataTypes.FloatType, "gallery faces at a smaller distance vote")
          .same(FacesTable.SCHEMA, EMBEDDER)
          .required(
              FACE_RUN, DataTypes.StringType, "the run that found the face, faces.run_id then")
          .same(FacesTable.SCHEMA, RUN_ID)
          .schema();

  static final TableSpec SPEC =
      new TableSpec(
          NAME,
          "Names for faces by a gallery, one row for each face and gallery",
          SCHEMA,
          List.of(GALLERY),
          Map.of(
              "known_verdict",
              Checks.oneOf(VERDICT, labels()),
              "named_has_name",
              "(verdict = '" + TagVerdict.UNKNOWN.label() + "') = (name IS NULL)",
              "distance_unless_gallery",
              "(verdict = '" + TagVerdict.GALLERY.label() + "') = (distance IS NULL)",
              "distance_not_negative",
              Checks.nullOr(DISTANCE, Checks.notNegative(DISTANCE)),
              "margin_is_number",
              Checks.nullOr(MARGIN, "NOT isnan(margin)"),
              "votes_not_negative",
              Checks.nullOr(VOTES, "votes >= 0"),
              "probability_in_range",
              Checks.nullOr(PROBABILITY, Checks.fraction(PROBABILITY)),
              "threshold_positive",
              "threshold > 0"),
          Map.of());

  private final DeltaFile file;

  private TagsTable(DeltaFile file) {
    this.file = file;
  }

  /** The table of a lake, made where it does not stand yet. */
  public static TagsTable create(SparkSession spark, Lake lake) {
    return new TagsTable(DeltaFile.create(spark, lake, SPEC));
  }

  /**
   * The table of a lake.
   *
   * @throws facelake.UserError when the lake has none
   */
  public static TagsTable open(SparkSession spark, Lake lake) {
    return new TagsTable(DeltaFile.open(spark, lake, SPEC));
  }

  /** All rows by all galleries, as of now. */
  public Dataset<Row> read() {
    return file.read();
  }

  /**
   * Puts a new answer in the place of a gallery's old one, in one commit; those by other galleries
   * are left alone.
   *
   * @param rows all columns of {@link #SCHEMA}, by name; a row by another gallery is refused
   */
  public void replaceGallery(String gallery, Dataset<Row> rows) {
    file.replaceWhere(DeltaFile.isEqual(GALLERY, gallery), rows);
  }

  private static Stream<String> labels() {
    return Arrays.stream(TagVerdict.values()).map(TagVerdict::label);
  }
}
