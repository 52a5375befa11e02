package facelake.step.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import facelake.spark.Stored;
import facelake.step.export.ExportRule.Decision;
import facelake.step.source.SourceImage;
import facelake.table.CopyKind;
import facelake.table.DuplicatesTable;
import facelake.table.FacesTable;
import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import facelake.table.PeopleTable;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What becomes of each photo: {@link ExportRule} on the tables of a lake. A photo has one row for
 * each person whom it shows (of chips: for each face), and one without a face where it shows none.
 */
public final class ExportPlan {
  /** The label of a {@link PhotoOutcome}. */
  public static final String OUTCOME = "outcome";

  /** Why, in words. */
  public static final String REASON = "reason";

  private static final String[] PHOTO = {ImagesTable.DATASET, ImagesTable.URI};
  private static final String PERSON = PeopleTable.PERSON_ID;
  private static final String UNIT = "unit";
  private static final String PLACE_AMONG = "place_among";
  private static final String PEOPLE = "people";
  private static final String FIRST = "first";
  private static final String PHOTOS = "photos";

  /** The columns, where a photo is now included. */
  static final StructType SCHEMA =
      new StructType()
          .add(ImagesTable.SCHEMA.apply(ImagesTable.DATASET))
          .add(ImagesTable.SCHEMA.apply(ImagesTable.URI))
          .add(ImagesTable.SCHEMA.apply(ImagesTable.IDENTITY))
          .add(PERSON, DataTypes.StringType, true)
          .add(OUTCOME, DataTypes.StringType, false)
          .add(REASON, DataTypes.StringType, false)
          .add(FacesTable.FACE_ID, DataTypes.StringType, true)
          .add(ImagesTable.SCHEMA.apply(ImagesTable.IMAGE_ID))
          .add(ImagesTable.SCHEMA.apply(ImagesTable.FORMAT))
          .add(FacesTable.BOX, FacesTable.BOX_TYPE, true)
          .add(FacesTable.LANDMARKS, FacesTable.SCHEMA.apply(FacesTable.LANDMARKS).dataType(), true)
          .add(FacesTable.SCHEMA.apply(FacesTable.GENDER))
          .add(Standing.PLACE, SourceImage.SCHEMA, true);

  private final SparkSession spark;
  private final ExportRule rule;
  private final String scope;
  private final PersonFacts facts;
  private final Unit unit;

  /** What stands under a person once. */
  public enum Unit {
    /** A photo, however many faces of it are the person's. */
    PHOTO,
    /** A face. */
    FACE
  }

  /**
   * A plan.
   *
   * @param scope of the people, for words
   */
  public ExportPlan(
      SparkSession spark, ExportRule rule, String scope, PersonFacts facts, Unit unit) {
    this.spark = spark;
    this.rule = rule;
    this.scope = scope;
    this.facts = facts;
    this.unit = unit;
  }

  /**
   * The rows: those of {@link #SCHEMA}.
   *
   * @param folder URI of a new folder that all executors reach, for what lies between; the caller
   *     removes it
   */
  public Dataset<Row> rows(ExportTables tables, Standing standing, String folder) {
    Dataset<Row> candidates = Stored.rows(whose(tables), folder + "/candidates");
    Dataset<Row> admitted =
        Stored.rows(admitted(standing.marked(facts.join(candidates))), folder + "/admitted");
    Dataset<Row> faces = beside(counted(Stored.rows(copies(admitted), folder + "/copies")));
    Dataset<Row> nobody = nobody(tables.images(), candidates);
    return Stored.rows(own(faces).union(own(nobody)), folder + "/plan");
  }

  /**
   * One row for each person whom a photo shows; people beside the one of the label are left out.
   */
  private Dataset<Row> whose(ExportTables tables) {
    ExportRule own = rule;
    Dataset<Row> decided =
        decided(
            undecided(LabelledCandidates.of(tables)),
            row -> own.whose(LabelledCandidates.labelled(row)));
    WindowSpec same =
        Window.partitionBy(ImagesTable.DATASET, ImagesTable.URI, PERSON, UNIT)
            .orderBy(isExported().desc(), desc(FacesTable.SIZE), col(FacesTable.FACE_ID));
    Column each =
        unit == Unit.PHOTO
            ? lit("")
            // Of strangers under one label, one face is taken for whom the label means.
            : when(isLabelIssue(), lit("")).otherwise(col(FacesTable.FACE_ID));
    return decided
        .withColumn(UNIT, each)
        .withColumn(PLACE_AMONG, row_number().over(same))
        .where(col(PLACE_AMONG).equalTo(1))
        .drop(UNIT, PLACE_AMONG);
  }

  private static Column isLabelIssue() {
    return col(LabelledCandidates.ISSUE)
        .isNotNull()
        .and(col(OUTCOME).notEqual(PhotoOutcome.RELABELLED.label()));
  }

  private Dataset<Row> admitted(Dataset<Row> rows) {
    ExportRule own = rule;
    return decided(rows, row -> own.admitted(decision(row), PersonFacts.admission(row)));
  }

  private Dataset<Row> copies(Dataset<Row> rows) {
    ExportRule own = rule;
    Column isCopy = isExported().and(col(DuplicatesTable.DUPLICATE_ID).isNotNull());
    Column preference =
        struct(
            not(col(DuplicatesTable.KEEP)).as("other"),
            negate(col(ImagesTable.WIDTH).multiply(col(ImagesTable.HEIGHT))).as("pixels"),
            negate(col(ImagesTable.BYTES)).as("bytes"),
            col(ImagesTable.DATASET),
            col(ImagesTable.URI));
    Dataset<Row> copies =
        rows.where(isCopy)
            .withColumn(
                PEOPLE, collect_set(PERSON).over(Window.partitionBy(DuplicatesTable.DUPLICATE_ID)))
            .withColumn(
                FIRST,
                min(preference).over(Window.partitionBy(DuplicatesTable.DUPLICATE_ID, PERSON)));
    return decided(copies, row -> own.copy(decision(row), copies(row)))
        .drop(PEOPLE, FIRST)
        .union(rows.where(not(isCopy)));
  }

  private static ExportRule.Copies copies(Row row) {
    Row first = row.getAs(FIRST);
    String uri = first.getAs(ImagesTable.URI);
    boolean isFirst =
        uri.equals(row.getAs(ImagesTable.URI))
            && first.getAs(ImagesTable.DATASET).equals(row.getAs(ImagesTable.DATASET));
    return new ExportRule.Copies(
        Set.copyOf(row.getList(row.fieldIndex(PEOPLE))),
        row.<Integer>getAs(ImagesTable.FACES) == 1,
        isFirst,
        uri,
        first.getBoolean(0) ? "copy" : kind(row));
  }

  /** The table compares copies with the one to keep, and says nothing of two others. */
  private static String kind(Row row) {
    return row.getAs(DuplicatesTable.KIND).equals(CopyKind.EXACT.label())
        ? "exact copy"
        : "near copy (%d bits)".formatted(row.<Integer>getAs(DuplicatesTable.BITS));
  }

  private Dataset<Row> counted(Dataset<Row> rows) {
    ExportRule own = rule;
    Dataset<Row> counts =
        rows.where(isExported())
            .groupBy(PERSON)
            .agg(count_distinct(struct(ImagesTable.DATASET, ImagesTable.URI)).as(PHOTOS));
    return decided(
            rows.join(counts, new String[] {PERSON}, "left_outer"),
            row -> {
              Long photos = row.getAs(PHOTOS);
              return own.counted(decision(row), photos == null ? 0 : photos);
            })
        .drop(PHOTOS);
  }

  private Dataset<Row> beside(Dataset<Row> rows) {
    ExportRule own = rule;
    return decided(
            rows.withColumn(
                PEOPLE,
                size(
                    collect_set(when(isExported(), col(PERSON)))
                        .over(Window.partitionBy(ImagesTable.DATASET, ImagesTable.URI)))),
            row -> own.beside(decision(row), row.<Integer>getAs(PEOPLE)))
        .drop(PEOPLE);
  }

  private Dataset<Row> nobody(Dataset<Row> images, Dataset<Row> faces) {
    String among = scope;
    Dataset<Row> others =
        images
            .join(faces.select(ImagesTable.DATASET, ImagesTable.URI), PHOTO, "left_anti")
            .withColumn(PERSON, lit(null).cast(DataTypes.StringType));
    return decided(
        undecided(others),
        row ->
            ExportRule.ofNobody(
                ImageStatus.of(row.getAs(ImagesTable.STATUS)),
                row.getAs(ImagesTable.FAILURE_CLASS),
                row.getAs(ImagesTable.FAILURE_MESSAGE),
                among));
  }

  /** The columns of {@link #SCHEMA}, null where rows have them not. */
  private static Dataset<Row> own(Dataset<Row> rows) {
    Set<String> there = Set.of(rows.columns());
    return rows.select(
        Stream.of(SCHEMA.fields())
            .map(
                field ->
                    there.contains(field.name())
                        ? col(field.name())
                        : lit(null).cast(field.dataType()).as(field.name()))
            .toArray(Column[]::new));
  }

  /** All that a row says, but where the photo is. */
  public static Column[] content() {
    return Stream.of(SCHEMA.fieldNames())
        .filter(name -> !name.equals(Standing.PLACE))
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  /** Whether a row's outcome is that its picture is exported. */
  public static Column isExported() {
    return col(OUTCOME)
        .isin(
            Arrays.stream(PhotoOutcome.values())
                .filter(PhotoOutcome::isExported)
                .map(PhotoOutcome::label)
                .toArray());
  }

  private static Dataset<Row> undecided(Dataset<Row> rows) {
    return rows.withColumn(OUTCOME, lit(null).cast(DataTypes.StringType))
        .withColumn(REASON, lit(null).cast(DataTypes.StringType));
  }

  private static Decision decision(Row row) {
    return new Decision(row.getAs(PERSON), PhotoOutcome.of(row.getAs(OUTCOME)), row.getAs(REASON));
  }

  /** The rows with what a rule says of each in the place of what was said before. */
  private static Dataset<Row> decided(Dataset<Row> rows, MapFunction<Row, Decision> rule) {
    StructType schema = rows.schema();
    int person = schema.fieldIndex(PERSON);
    int outcome = schema.fieldIndex(OUTCOME);
    int reason = schema.fieldIndex(REASON);
    return rows.map(
        (MapFunction<Row, Row>)
            row -> {
              Decision decision = rule.call(row);
              Object[] values = IntStream.range(0, row.length()).mapToObj(row::get).toArray();
              values[person] = decision.person();
              values[outcome] = decision.outcome().label();
              values[reason] = decision.reason();
              return RowFactory.create(values);
            },
        Encoders.row(schema));
  }
}
