package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import facelake.eval.MeasuredPair;
import facelake.eval.VerificationPair;
import facelake.match.EmbeddingBlock;
import facelake.model.VerifiedModel;
import facelake.pipeline.Face;
import facelake.pipeline.Fingerprint;
import facelake.pipeline.PipelineOptions;
import facelake.step.FaultLimits;
import facelake.step.FindFaces;
import facelake.step.ImageRows;
import facelake.step.Progress;
import facelake.step.forget.Forgotten;
import facelake.step.source.SourceImage;
import facelake.table.EmbeddingColumn;
import facelake.table.FacesTable;
import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Images, their faces embedded by one pipeline; they stay in memory or on the executors' disks
 * until this is closed.
 */
final class EmbeddedImages implements AutoCloseable {
  private static final String PAIR = "pair";
  private static final String LEFT = "left";
  private static final String RIGHT = "right";
  private static final String DISTANCE = "distance";

  private static final StructType PAIRS =
      new StructType()
          .add(PAIR, DataTypes.IntegerType, false)
          .add(LEFT, DataTypes.StringType, false)
          .add(RIGHT, DataTypes.StringType, false);

  private static final StructType DISTANCES =
      new StructType()
          .add(PAIR, DataTypes.IntegerType, false)
          .add(DISTANCE, DataTypes.DoubleType, false);

  private final SparkSession spark;
  private final NamedImages images;
  private final Broadcast<Map<String, byte[]>> models;
  private final Dataset<Row> rows;

  private EmbeddedImages(
      SparkSession spark,
      NamedImages images,
      Broadcast<Map<String, byte[]>> models,
      Dataset<Row> rows) {
    this.spark = spark;
    this.images = images;
    this.models = models;
    this.rows = rows;
  }

  /**
   * Embeds images, all of them now.
   *
   * @param models the files of {@link PipelineOptions#models}
   */
  static EmbeddedImages of(
      SparkSession spark,
      NamedImages images,
      PipelineOptions pipeline,
      List<VerifiedModel> models,
      IndexWatcher watcher) {
    Map<String, String> hashes =
        models.stream()
            .collect(Collectors.toMap(model -> model.spec().name(), VerifiedModel::sha256));
    String fingerprint = Fingerprint.of(pipeline, hashes);
    Broadcast<Map<String, byte[]>> broadcast =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(IndexWriter.bytes(models));
    Progress progress = Progress.start(spark.sparkContext());
    List<SourceImage> all = images.images();
    int partitions = IndexWriter.partitions(all, spark.sparkContext().defaultParallelism());
    String nothing = "none"; // of a lake, which these rows are not for
    Dataset<Row> rows =
        new FindFaces(
                pipeline, broadcast, fingerprint, progress, FaultLimits.DEFAULT, Forgotten.nobody())
            .rows(
                spark,
                images.source().read(all, partitions),
                new ImageRows(nothing, fingerprint, nothing, nothing, Instant.now()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    EmbeddedImages embedded = new EmbeddedImages(spark, images, broadcast, rows);
    try (IndexWatcher.Watch watching = watcher.start(progress, all.size())) {
      rows.count();
      return embedded;
    } catch (RuntimeException | Error e) {
      embedded.close();
      throw e;
    }
  }

  /** Why images could not be read, sorted: {@code name: reason}. */
  List<String> failures() {
    return failed().entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .toList();
  }

  /** Why images could not be read, by the URI, in the order of URIs. */
  SortedMap<String, String> failed() {
    SortedMap<String, String> failed = new TreeMap<>();
    ImageRows.images(rows)
        .where(col(ImagesTable.STATUS).equalTo(ImageStatus.FAILED.label()))
        .select(ImagesTable.URI, ImagesTable.FAILURE_MESSAGE)
        .collectAsList()
        .forEach(row -> failed.put(row.getString(0), row.getString(1)));
    return failed;
  }

  /** Images with an embedding. */
  long count() {
    return ImageRows.faces(rows).count();
  }

  /** Images in which the detector found no face in the middle, so that the box there was taken. */
  long centred() {
    return ImageRows.faces(rows)
        .where(col(FacesTable.BOX_SOURCE).equalTo(Face.BoxSource.CENTRE.label()))
        .count();
  }

  /**
   * What a classifier says of a face.
   *
   * @param label as in {@link FacesTable#GENDER}
   */
  record SaidGender(String label, double maleProbability) {}

  /** What the classifier says of the largest face of each image that has one, by the URI. */
  Map<String, SaidGender> genders() {
    Map<String, SaidGender> genders = new HashMap<>();
    ImageRows.faces(rows)
        .groupBy(FacesTable.URI)
        .agg(
            max_by(
                struct(FacesTable.GENDER, FacesTable.MALE_PROBABILITY),
                struct(FacesTable.SIZE, FacesTable.FACE_ID)))
        .collectAsList()
        .forEach(
            row -> {
              Row said = row.getStruct(1);
              genders.put(row.getString(0), new SaidGender(said.getString(0), said.getFloat(1)));
            });
    return genders;
  }

  /** The pairs of which both images have an embedding, in their order. */
  List<MeasuredPair> measured(List<VerificationPair> pairs) {
    List<Row> asked = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      SourceImage left = images.byName().get(pairs.get(i).left());
      SourceImage right = images.byName().get(pairs.get(i).right());
      if (left != null && right != null) {
        asked.add(RowFactory.create(i, left.uri(), right.uri()));
      }
    }
    return spark
        .createDataFrame(asked, PAIRS)
        .join(embeddings(LEFT), LEFT)
        .join(embeddings(RIGHT), RIGHT)
        .select(PAIR, embedding(LEFT), embedding(RIGHT))
        .map((MapFunction<Row, Row>) EmbeddedImages::distance, Encoders.row(DISTANCES))
        .orderBy(PAIR)
        .collectAsList()
        .stream()
        .map(row -> new MeasuredPair(pairs.get(row.getInt(0)), row.getDouble(1)))
        .toList();
  }

  private Dataset<Row> embeddings(String side) {
    return ImageRows.faces(rows)
        .select(col(FacesTable.URI).as(side), col(FacesTable.EMBEDDING).as(embedding(side)));
  }

  private static String embedding(String side) {
    return side + "_" + FacesTable.EMBEDDING;
  }

  private static Row distance(Row pair) {
    EmbeddingBlock both =
        EmbeddingBlock.of(
            List.of(EmbeddingColumn.floats(pair, 1), EmbeddingColumn.floats(pair, 2)));
    return RowFactory.create(pair.getInt(0), both.distance(0, both, 1));
  }

  @Override
  public void close() {
    rows.unpersist();
    models.destroy();
  }
}
