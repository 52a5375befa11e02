package facelake.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import facelake.match.FaceRole;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code people}: which faces are the same person, one row for each face. A scope says among
 * which faces people were looked for; the answers of different scopes stand beside each other.
 */
public final class PeopleTable {
  public static final String NAME = "people";

  public static final String SCOPE = "scope";
  public static final String PERSON_ID = "person_id";
  public static final String FACE_ID = FacesTable.FACE_ID;
  public static final String DATASET = FacesTable.DATASET;
  public static final String URI = FacesTable.URI;
  public static final String SIZE = "size";
  public static final String THRESHOLD = "threshold";
  public static final String EMBEDDER = FacesTable.EMBEDDER;
  public static final String RUN_ID = FacesTable.RUN_ID;
  public static final String IDENTITY = FacesTable.IDENTITY;
  public static final String PART = "part";
  public static final String ROLE = "role";

  /** The scope of the people that the labelled identities of all datasets come to. */
  public static final String RESOLVED = "resolved";

  /** The scope of the people among all faces, whatever their labels. */
  public static final String ALL = "all";

  /** What the scope of the clusters of a dataset begins with; its name follows. */
  public static final String OF_DATASET = "dataset:";

  public static final StructType SCHEMA =
      new Columns()
          .required(
              SCOPE,
              DataTypes.StringType,
              "among which faces: all, dataset:NAME or image:URI; "
                  + RESOLVED
                  + " where people were found by the labelled identities of all datasets")
          .required(PERSON_ID, DataTypes.StringType, "the person; unique inside the scope")
          .same(FacesTable.SCHEMA, FACE_ID)
          .same(FacesTable.SCHEMA, DATASET)
          .same(FacesTable.SCHEMA, URI)
          .required(SIZE, DataTypes.IntegerType, "faces of the person in the scope")
          .required(
              THRESHOLD,
              DataTypes.FloatType,
              "distance of embeddings under which faces are linked; in scope resolved, which has no one"
                  + " threshold, the typical distance of near strangers")
          .same(FacesTable.SCHEMA, EMBEDDER)
          .same(FacesTable.SCHEMA, RUN_ID)
          // Last, as in the tables that got them later.
          .optional(
              IDENTITY,
              DataTypes.StringType,
              "the labelled identity that the face counts to; null where labels were not used")
          .optional(
              PART,
              DataTypes.IntegerType,
              "the part of the identity, 0 is its main part; null where labels were not used")
          .optional(
              ROLE,
              DataTypes.StringType,
              "what the face is to the identity that its photo is labelled with: "
                  + roles().collect(Collectors.joining(", "))
                  + "; null where labels were not used")
          .schema();

  static final TableSpec SPEC =
      new TableSpec(
          NAME,
          "Which faces are the same person, one row for each face and scope",
          SCHEMA,
          List.of(),
          Map.of(
              "size_positive",
              "size >= 1",
              "threshold_positive",
              "threshold > 0",
              "part_not_negative",
              Checks.nullOr(PART, "part >= 0"),
              "known_role",
              Checks.nullOr(ROLE, Checks.oneOf(ROLE, roles()))),
          Map.of());

  private final DeltaFile file;

  private PeopleTable(DeltaFile file) {
    this.file = file;
  }

  /** The table of a lake, made where it does not stand yet. */
  public static PeopleTable create(SparkSession spark, Lake lake) {
    return new PeopleTable(DeltaFile.create(spark, lake, SPEC));
  }

  /**
   * The table of a lake.
   *
   * @throws facelake.UserError when the lake has none
   */
  public static PeopleTable open(SparkSession spark, Lake lake) {
    return new PeopleTable(DeltaFile.open(spark, lake, SPEC));
  }

  /** Whether a word can be a scope, see {@link #SCOPE}. */
  public static boolean isScope(String word) {
    return word.equals(RESOLVED)
        || word.equals(ALL)
        || word.startsWith(OF_DATASET)
        || word.startsWith("image:");
  }

  /** Whether a row is of more than a face that stands beside the one that a photo is of. */
  public static Column isSomebody() {
    return col(ROLE).isNull().or(col(ROLE).notEqual(FaceRole.BYSTANDER.label()));
  }

  /** All rows of all scopes, as of now. */
  public Dataset<Row> read() {
    return file.read();
  }

  /**
   * The clusters that {@code cluster --dataset} found, as of now, which stand for the identities of
   * faces without a label: {@link #DATASET}, {@link #FACE_ID}, {@link #PERSON_ID}.
   */
  public Dataset<Row> readClusters() {
    return read()
        .where(col(SCOPE).equalTo(concat(lit(OF_DATASET), col(DATASET))))
        .select(DATASET, FACE_ID, PERSON_ID);
  }

  /**
   * Puts a new answer in the place of a scope's old one, in one commit; other scopes are left
   * alone.
   *
   * @param rows all columns of {@link #SCHEMA}, by name; a row of another scope is refused
   */
  public void replaceScope(String scope, Dataset<Row> rows) {
    file.replaceWhere(DeltaFile.isEqual(SCOPE, scope), rows);
  }

  private static Stream<String> roles() {
    return Arrays.stream(FaceRole.values()).map(FaceRole::label);
  }
}
