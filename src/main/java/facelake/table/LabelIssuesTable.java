package facelake.table;

import facelake.match.LabelIssue;
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
 * Table {@code label_issues}: where the labels of a dataset are doubtful, one row for each face or
 * identity in doubt, with where the face probably belongs.
 */
public final class LabelIssuesTable {
  public static final String NAME = "label_issues";

  public static final String DATASET = ImagesTable.DATASET;
  public static final String IDENTITY = ImagesTable.IDENTITY;
  public static final String KIND = "kind";
  public static final String PART = "part";
  public static final String FACE_ID = FacesTable.FACE_ID;
  public static final String URI = ImagesTable.URI;
  public static final String FACES = "faces";
  public static final String DISTANCE = "distance";
  public static final String LIMIT_DISTANCE = "limit_distance";
  public static final String PROPOSED_DATASET = "proposed_dataset";
  public static final String PROPOSED_IDENTITY = "proposed_identity";
  public static final String PROPOSED_DISTANCE = "proposed_distance";
  public static final String PROBABILITY = "probability";
  public static final String RUN_ID = ImagesTable.RUN_ID;

  public static final StructType SCHEMA =
      new Columns()
          .required(DATASET, DataTypes.StringType, "the dataset of the identity")
          .required(IDENTITY, DataTypes.StringType, "the identity, as the dataset labels it")
          .required(KIND, DataTypes.StringType, kinds().collect(Collectors.joining(", ")))
          .optional(
              PART,
              DataTypes.IntegerType,
              "the part of the identity, 0 is its main part; null for the whole identity")
          .optional(
              FACE_ID, DataTypes.StringType, "the face; null for an issue of the whole identity")
          .optional(URI, DataTypes.StringType, "the image of the face")
          .required(
              FACES,
              DataTypes.IntegerType,
              "faces of the part, or of the identity where it is tiny")
          .optional(
              DISTANCE,
              DataTypes.DoubleType,
              "to the mean of the identity's main part, or of its first one where none is main")
          .optional(
              LIMIT_DISTANCE, DataTypes.DoubleType, "faces of one person are nearer than this")
          .optional(
              PROPOSED_DATASET, DataTypes.StringType, "the dataset of the identity that it may be")
          .optional(PROPOSED_IDENTITY, DataTypes.StringType, "where it probably belongs")
          .optional(PROPOSED_DISTANCE, DataTypes.DoubleType, "to the mean of the proposed identity")
          .optional(
              PROBABILITY, DataTypes.DoubleType, "0 to 1: that it is of the proposed identity")
          .same(ImagesTable.SCHEMA, RUN_ID)
          .schema();

  static final TableSpec SPEC =
      new TableSpec(
          NAME,
          "Where the labels of a dataset are doubtful, one row for each face or identity",
          SCHEMA,
          List.of(),
          Map.of(
              "known_kind",
              Checks.oneOf(KIND, kinds()),
              "counts_not_negative",
              "faces >= 0 AND " + Checks.nullOr(PART, "part >= 0"),
              "distances_not_negative",
              Stream.of(DISTANCE, LIMIT_DISTANCE, PROPOSED_DISTANCE)
                  .map(name -> Checks.nullOr(name, Checks.notNegative(name)))
                  .collect(Collectors.joining(" AND ")),
              "complete_proposal",
              "(proposed_dataset IS NULL) = (proposed_identity IS NULL)",
              "probability_in_range",
              Checks.nullOr(PROBABILITY, Checks.fraction(PROBABILITY))),
          Map.of());

  private final DeltaFile file;

  private LabelIssuesTable(DeltaFile file) {
    this.file = file;
  }

  /** The table of a lake, made where it does not stand yet. */
  public static LabelIssuesTable create(SparkSession spark, Lake lake) {
    return new LabelIssuesTable(DeltaFile.create(spark, lake, SPEC));
  }

  /**
   * The table of a lake.
   *
   * @throws facelake.UserError when the lake has none
   */
  public static LabelIssuesTable open(SparkSession spark, Lake lake) {
    return new LabelIssuesTable(DeltaFile.open(spark, lake, SPEC));
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

  private static Stream<String> kinds() {
    return Arrays.stream(LabelIssue.values()).map(LabelIssue::label);
  }
}
