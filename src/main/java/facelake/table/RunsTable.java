package facelake.table;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code runs}: one row for each run that finished, with what it did and with which models.
 */
public final class RunsTable {
  public static final String NAME = "runs";

  public static final String RUN_ID = ImagesTable.RUN_ID;
  public static final String COMMAND = "command";
  public static final String DATASET = ImagesTable.DATASET;
  public static final String STARTED_AT = "started_at";
  public static final String SECONDS = "seconds";
  public static final String IMAGES = "images";
  public static final String FACES = "faces";
  public static final String NO_FACE = "no_face";
  public static final String FAILED = "failed";
  public static final String UNCHANGED = "unchanged";
  public static final String REMOVED = "removed";
  public static final String IMAGES_PER_SECOND = "images_per_second";
  public static final String FAILURES = "failures";
  public static final String MODELS = "models";
  public static final String OPTIONS = "options";
  public static final String PIPELINE = ImagesTable.PIPELINE;
  public static final String EXECUTORS = "executors";
  public static final String MODEL_LOADS = "model_loads";
  public static final String SELF_CHECK = "self_check";
  public static final String FIGURES = "figures";
  public static final String FACELAKE_VERSION = "facelake_version";
  public static final String SPARK_VERSION = "spark_version";

  private static final DataType TEXTS =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);

  public static final StructType SCHEMA =
      new Columns()
          .required(RUN_ID, DataTypes.StringType, "the run; rows of other tables name it")
          .required(COMMAND, DataTypes.StringType, "the command that ran, such as index")
          .optional(DATASET, DataTypes.StringType, "the dataset that was worked on; null for all")
          .required(STARTED_AT, DataTypes.TimestampType, "when the run began")
          .required(SECONDS, DataTypes.DoubleType, "how long the run took")
          .optional(IMAGES, DataTypes.LongType, "images that were processed")
          .optional(
              FACES,
              DataTypes.LongType,
              "faces that were written, or read by a command that writes none")
          .optional(NO_FACE, DataTypes.LongType, "processed images without a face")
          .optional(FAILED, DataTypes.LongType, "processed images that failed")
          .optional(UNCHANGED, DataTypes.LongType, "images that were left alone as nothing changed")
          .optional(REMOVED, DataTypes.LongType, "images that are no longer in the source")
          .optional(IMAGES_PER_SECOND, DataTypes.DoubleType, "processed images / seconds")
          .optional(
              FAILURES,
              DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType),
              "failed images by failure class")
          .optional(MODELS, TEXTS, "sha256 by name of the models in use")
          .optional(OPTIONS, TEXTS, "options by name")
          .optional(PIPELINE, DataTypes.StringType, "fingerprint of the models and options")
          .optional(EXECUTORS, DataTypes.IntegerType, "JVMs that did the work")
          .optional(MODEL_LOADS, DataTypes.LongType, "times a model was loaded, over all JVMs")
          .optional(
              SELF_CHECK,
              DataTypes.DoubleType,
              "greatest distance, over all JVMs, of the embedding of a test chip from the recorded"
                  + " one; null where none is recorded for the model")
          .optional(
              FIGURES,
              DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType),
              "what the run learnt and decided by, by name")
          .required(FACELAKE_VERSION, DataTypes.StringType, "version of facelake")
          .required(SPARK_VERSION, DataTypes.StringType, "version of Spark")
          .schema();

  static final TableSpec SPEC =
      new TableSpec(
          NAME,
          "One row for each run that finished",
          SCHEMA,
          List.of(),
          Map.of("seconds_not_negative", "seconds >= 0"),
          Map.of("delta.appendOnly", "true"));

  private final DeltaFile file;

  private RunsTable(DeltaFile file) {
    this.file = file;
  }

  /** The table of a lake, made where it does not stand yet. */
  public static RunsTable create(SparkSession spark, Lake lake) {
    return new RunsTable(DeltaFile.create(spark, lake, SPEC));
  }

  /**
   * The table of a lake.
   *
   * @throws facelake.UserError when the lake has none
   */
  public static RunsTable open(SparkSession spark, Lake lake) {
    return new RunsTable(DeltaFile.open(spark, lake, SPEC));
  }

  /** All rows, as of now. */
  public Dataset<Row> read() {
    return file.read();
  }

  /** The runs of the lake, the oldest first. */
  public List<RunRecord> records() {
    return read().orderBy(STARTED_AT).collectAsList().stream().map(RunsTable::record).toList();
  }

  /** The newest run of each of these pipelines; a run that was killed has left none. */
  public List<RunRecord> ofPipelines(List<String> pipelines) {
    Map<String, RunRecord> newest = new TreeMap<>();
    records().stream()
        .filter(run -> run.pipeline() != null && pipelines.contains(run.pipeline()))
        .forEach(run -> newest.put(run.pipeline(), run));
    return List.copyOf(newest.values());
  }

  /** Adds a run. */
  public void append(RunRecord run) {
    file.append(file.spark().createDataFrame(List.of(row(run)), SCHEMA).coalesce(1));
  }

  private static Row row(RunRecord run) {
    RunRecord.Counts counts = run.counts();
    return RowFactory.create(
        run.runId(),
        run.command(),
        run.dataset(),
        run.startedAt(),
        run.seconds(),
        counts.images(),
        counts.faces(),
        counts.noFace(),
        counts.failed(),
        counts.unchanged(),
        counts.removed(),
        run.imagesPerSecond(),
        run.failures(),
        run.models(),
        run.options(),
        run.pipeline(),
        run.executors(),
        run.modelLoads(),
        run.selfCheck(),
        run.figures(),
        run.facelakeVersion(),
        run.sparkVersion());
  }

  private static RunRecord record(Row row) {
    return new RunRecord(
        row.getAs(RUN_ID),
        row.getAs(COMMAND),
        row.getAs(DATASET),
        Instants.of(row.getAs(STARTED_AT)),
        row.getAs(SECONDS),
        counts(row),
        row.getJavaMap(row.fieldIndex(FAILURES)),
        row.getJavaMap(row.fieldIndex(MODELS)),
        row.getJavaMap(row.fieldIndex(OPTIONS)),
        row.getAs(PIPELINE),
        row.getAs(EXECUTORS),
        row.getAs(MODEL_LOADS),
        row.getAs(SELF_CHECK),
        row.isNullAt(row.fieldIndex(FIGURES)) ? null : row.getJavaMap(row.fieldIndex(FIGURES)),
        row.getAs(FACELAKE_VERSION),
        row.getAs(SPARK_VERSION));
  }

  private static RunRecord.Counts counts(Row row) {
    return new RunRecord.Counts(
        row.getAs(IMAGES),
        row.getAs(FACES),
        row.getAs(NO_FACE),
        row.getAs(FAILED),
        row.getAs(UNCHANGED),
        row.getAs(REMOVED));
  }
}
