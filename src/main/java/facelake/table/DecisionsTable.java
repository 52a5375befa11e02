package facelake.table;

import static org.apache.spark.sql.functions.col;

import facelake.match.Decision;
import facelake.match.Subject;
import facelake.match.Topic;
import facelake.match.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code decisions}: what people decided about identities and faces, one row a decision. Rows
 * are only ever added; a decision is taken back by a later row, see {@link
 * facelake.match.Decisions}.
 */
public final class DecisionsTable {
  public static final String NAME = "decisions";

  public static final String DECISION_ID = "decision_id";
  public static final String DECISION = "decision";
  public static final String DATASET_A = "dataset_a";
  public static final String IDENTITY_A = "identity_a";
  public static final String FACE_A = "face_a";
  public static final String DATASET_B = "dataset_b";
  public static final String IDENTITY_B = "identity_b";
  public static final String FACE_B = "face_b";
  public static final String WHO = "who";
  public static final String DECIDED_AT = "decided_at";
  public static final String NOTE = "note";
  public static final String RUN_ID = ImagesTable.RUN_ID;
  public static final String RECORDED_AT = "recorded_at";

  /** The columns that say what a decision is about. */
  public static final List<String> TOPIC =
      List.of(DATASET_A, IDENTITY_A, FACE_A, DATASET_B, IDENTITY_B, FACE_B);

  public static final StructType SCHEMA =
      new Columns()
          .required(DECISION_ID, DataTypes.StringType, "32 hex digits; equal for equal content")
          .required(DECISION, DataTypes.StringType, String.join(", ", Verdict.labels()))
          .optional(DATASET_A, DataTypes.StringType, "the dataset of identity_a")
          .optional(IDENTITY_A, DataTypes.StringType, "an identity that the decision is about")
          .optional(FACE_A, DataTypes.StringType, "a face that the decision is about")
          .optional(DATASET_B, DataTypes.StringType, "the dataset of identity_b")
          .optional(
              IDENTITY_B,
              DataTypes.StringType,
              "the other identity; for wrong-label the one that face_a belongs to")
          .optional(FACE_B, DataTypes.StringType, "the other face")
          .optional(WHO, DataTypes.StringType, "who decided; null where nobody said")
          .required(
              DECIDED_AT,
              DataTypes.TimestampType,
              "when it was decided; when the run began where nobody said")
          .optional(NOTE, DataTypes.StringType, "why, in words")
          .same(ImagesTable.SCHEMA, RUN_ID)
          .required(RECORDED_AT, DataTypes.TimestampType, "when the run that wrote this row began")
          .schema();

  static final TableSpec SPEC =
      new TableSpec(
          NAME,
          "What people decided about identities and faces, one row a decision",
          SCHEMA,
          List.of(),
          Map.of("known_decision", knownDecision(), "complete_topic", completeTopic()),
          Map.of("delta.appendOnly", "true"));

  private static final String OLD = "old";
  private static final String NEW = "new";

  private final DeltaFile file;

  private DecisionsTable(DeltaFile file) {
    this.file = file;
  }

  /** The table of a lake, made where it does not stand yet. */
  public static DecisionsTable create(SparkSession spark, Lake lake) {
    return new DecisionsTable(DeltaFile.create(spark, lake, SPEC));
  }

  /**
   * The table of a lake.
   *
   * @throws facelake.UserError when the lake has none
   */
  public static DecisionsTable open(SparkSession spark, Lake lake) {
    return new DecisionsTable(DeltaFile.open(spark, lake, SPEC));
  }

  /** The columns that a topic of a form fills; the others of {@link #TOPIC} are null. */
  public static List<String> columns(Topic.Form form) {
    return switch (form) {
      case IDENTITIES -> List.of(DATASET_A, IDENTITY_A, DATASET_B, IDENTITY_B);
      case FACES -> List.of(FACE_A, FACE_B);
      case FACE -> List.of(FACE_A);
      case LABELLED_FACE -> List.of(FACE_A, DATASET_B, IDENTITY_B);
    };
  }

  /** The topic of one text for each of {@link #TOPIC}, those of its form not null. */
  public static Topic topic(List<String> texts) {
    return new Topic(
        subject(texts.get(0), texts.get(1), texts.get(2)),
        subject(texts.get(3), texts.get(4), texts.get(5)));
  }

  /** All rows, as of now. */
  public Dataset<Row> read() {
    return file.read();
  }

  /** All decisions, in no order; withdrawals and what they take back are among them. */
  public List<Decision> decisions() {
    return read().collectAsList().stream().map(DecisionsTable::decision).toList();
  }

  /** Adds those decisions that are not there yet, by their ids, in one commit. */
  public void addNew(List<Decision> decisions, String runId, Instant recordedAt) {
    List<Row> rows = decisions.stream().map(each -> row(each, runId, recordedAt)).toList();
    file.as(OLD)
        .merge(
            file.spark().createDataFrame(rows, SCHEMA).dropDuplicates(DECISION_ID).as(NEW),
            col(OLD + "." + DECISION_ID).equalTo(col(NEW + "." + DECISION_ID)))
        .whenNotMatched()
        .insertAll()
        .execute();
  }

  private static Row row(Decision decision, String runId, Instant recordedAt) {
    Topic topic = decision.topic();
    return RowFactory.create(
        decision.id(),
        decision.verdict().label(),
        dataset(topic.a()),
        identity(topic.a()),
        face(topic.a()),
        dataset(topic.b()),
        identity(topic.b()),
        face(topic.b()),
        decision.who(),
        decision.decidedAt(),
        decision.note(),
        runId,
        recordedAt);
  }

  private static String dataset(Subject subject) {
    return subject instanceof Subject.Identity identity ? identity.dataset() : null;
  }

  private static String identity(Subject subject) {
    return subject instanceof Subject.Identity identity ? identity.name() : null;
  }

  private static String face(Subject subject) {
    return subject instanceof Subject.Face face ? face.id() : null;
  }

  private static Decision decision(Row row) {
    String label = row.getAs(DECISION);
    return new Decision(
        row.getAs(DECISION_ID),
        Verdict.labelled(label).orElseThrow(),
        topic(TOPIC.stream().map(row::<String>getAs).toList()),
        row.getAs(WHO),
        Instants.of(row.getAs(DECIDED_AT)),
        row.getAs(NOTE));
  }

  private static Subject subject(String dataset, String identity, String face) {
    if (face != null) {
      return new Subject.Face(face);
    }
    return identity == null ? null : new Subject.Identity(dataset, identity);
  }

  private static String knownDecision() {
    return Checks.oneOf(DECISION, Verdict.labels().stream());
  }

  /** Each form with the decisions that take it. */
  private static String completeTopic() {
    return Arrays.stream(Topic.Form.values())
        .map(form -> "(%s AND %s)".formatted(taken(form), filled(form)))
        .collect(Collectors.joining(" OR "));
  }

  private static String taken(Topic.Form form) {
    return Checks.oneOf(
        DECISION,
        Stream.of(Verdict.values())
            .filter(verdict -> verdict.forms().contains(form))
            .map(Verdict::label));
  }

  private static String filled(Topic.Form form) {
    return TOPIC.stream()
        .map(name -> name + (columns(form).contains(name) ? " IS NOT NULL" : " IS NULL"))
        .collect(Collectors.joining(" AND "));
  }
}
