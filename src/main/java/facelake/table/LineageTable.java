package facelake.table;

import facelake.match.PersonLineage;
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
 * Table {@code lineage}: what became of people whose id is in use no more, or no more for all of
 * their faces. Rows are only ever added, so that an id that was noted down once can be followed to
 * the person of today.
 */
public final class LineageTable {
  public static final String NAME = "lineage";

  public static final String PERSON_ID = PeopleTable.PERSON_ID;
  public static final String EVENT = "event";
  public static final String BECAME = "became";
  public static final String FACES = "faces";
  public static final String RUN_ID = PeopleTable.RUN_ID;
  public static final String RECORDED_AT = DecisionsTable.RECORDED_AT;

  public static final StructType SCHEMA =
      new Columns()
          .required(PERSON_ID, DataTypes.StringType, "the person as it was before the run")
          .required(EVENT, DataTypes.StringType, events().collect(Collectors.joining(", ")))
          .optional(BECAME, DataTypes.StringType, "the person that its faces went to")
          .required(FACES, DataTypes.LongType, "how many of its faces this row is about")
          .same(PeopleTable.SCHEMA, RUN_ID)
          .same(DecisionsTable.SCHEMA, RECORDED_AT)
          .schema();

  static final TableSpec SPEC =
      new TableSpec(
          NAME,
          "What became of people whose id is in use no more or for fewer faces",
          SCHEMA,
          List.of(),
          Map.of("known_event", Checks.oneOf(EVENT, events()), "faces_not_negative", "faces >= 0"),
          Map.of("delta.appendOnly", "true"));

  private final DeltaFile file;

  private LineageTable(DeltaFile file) {
    this.file = file;
  }

  private static Stream<String> events() {
    return Arrays.stream(PersonLineage.Event.values()).map(PersonLineage.Event::label);
  }

  /** The table of a lake, made where it does not stand yet. */
  public static LineageTable create(SparkSession spark, Lake lake) {
    return new LineageTable(DeltaFile.create(spark, lake, SPEC));
  }

  /**
   * The table of a lake.
   *
   * @throws facelake.UserError when the lake has none
   */
  public static LineageTable open(SparkSession spark, Lake lake) {
    return new LineageTable(DeltaFile.open(spark, lake, SPEC));
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
}
