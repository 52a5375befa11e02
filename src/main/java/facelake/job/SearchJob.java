package facelake.job;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;

import facelake.model.VerifiedModel;
import facelake.spark.Phases;
import facelake.step.tag.LikeFaces;
import facelake.table.FacesTable;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import facelake.table.TagsTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Finds the people of one photo in a lake.
 *
 * <p>In: a photo, and the tables {@code images} and {@code faces} of a lake; who stands behind a
 * face comes from {@code people} and {@code tags}, where the lake has them. Out: the nearest faces.
 * Nothing is written.
 *
 * <pre>jobs/facelake search --photo FILE --lake DIR</pre>
 */
public final class SearchJob {
  private static final String FACE = LikeFaces.NUMBER;
  private static final String PERSON = "person";

  /**
   * The face of the photo, from 1; a face of the lake, how near it is, its labelled identity, the
   * person that {@code dedupe} found and the names that {@code tag} gave, each null without.
   */
  public static final StructType SCHEMA =
      new StructType()
          .add(LikeFaces.SCHEMA.apply(FACE))
          .add(LikeFaces.SCHEMA.apply(LikeFaces.DISTANCE))
          .add(FacesTable.SCHEMA.apply(FacesTable.DATASET))
          .add(FacesTable.SCHEMA.apply(FacesTable.IDENTITY))
          .add(PERSON, DataTypes.StringType, true)
          .add(TagsTable.SCHEMA.apply(TagsTable.PERSON))
          .add(FacesTable.SCHEMA.apply(FacesTable.URI));

  private final SparkSession spark;
  private final SearchOptions options;
  private final List<VerifiedModel> models;
  private final Consumer<String> watcher;
  private final Lake lake;

  /**
   * A job that runs once.
   *
   * @param models the files of {@link facelake.pipeline.PipelineOptions#models}
   * @param watcher is told each part of the work as it begins
   */
  public SearchJob(
      SparkSession spark,
      SearchOptions options,
      List<VerifiedModel> models,
      Consumer<String> watcher) {
    this.spark = spark;
    this.options = options;
    this.models = models;
    this.watcher = watcher;
    this.lake = options.lake();
  }

  /**
   * Looks for the faces.
   *
   * @throws facelake.UserError when the photo cannot be used or has no such face, and when the lake
   *     has no faces that it can be compared with
   */
  public SearchResult execute() {
    Instant start = Instant.now();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    try (Phases phases = new Phases(spark, "search", watcher)) {
      phases.begin("choosing faces");
      FaceSelection lakeFaces =
          FaceSelection.of(FacesTable.open(spark, lake).readWhole(), options.datasets());
      OneEmbedder embedder = OneEmbedder.of(lakeFaces);
      EmbedderLabel.requireSame(
          embedder.embedder(), "the faces of the lake", options.pipeline(), models);
      double threshold = options.threshold().of(embedder.embedder(), hadoop);
      phases.begin("embedding the photo");
      QueryPhoto photo = QueryPhoto.read(options.photo(), options.pipeline(), models, hadoop);
      int[] chosen = photo.chosen(options.face());
      phases.begin("comparing with %,d faces", embedder.faces());
      Dataset<Row> near =
          new LikeFaces(photo.embeddings(chosen), chosen, threshold).among(lakeFaces.faces());
      Dataset<Row> rows = rows(near);
      return new SearchResult(
          photo.boxes(),
          rows,
          embedder.faces(),
          Duration.between(start, Instant.now()).toMillis() / 1e3);
    }
  }

  /** The nearest of each face, with all that is known of them. */
  private Dataset<Row> rows(Dataset<Row> near) {
    String place = "place";
    Dataset<Row> nearest =
        local(
            near.withColumn(
                    place,
                    row_number()
                        .over(
                            Window.partitionBy(FACE)
                                .orderBy(LikeFaces.DISTANCE, FacesTable.FACE_ID)))
                .where(col(place).leq(options.top()))
                .drop(place));
    String[] sameFace = {FacesTable.FACE_ID};
    return local(
        nearest
            .join(broadcast(people(nearest)), sameFace, "left_outer")
            .join(broadcast(names(nearest)), sameFace, "left_outer")
            .orderBy(FACE, LikeFaces.DISTANCE, FacesTable.FACE_ID)
            .select(
                Arrays.stream(SCHEMA.fieldNames()).map(name -> col(name)).toArray(Column[]::new)));
  }

  /** Rows as they are now, here. */
  private Dataset<Row> local(Dataset<Row> few) {
    return spark.createDataFrame(few.collectAsList(), few.schema());
  }

  /** The people that the labelled identities of all datasets come to. */
  private Dataset<Row> people(Dataset<Row> nearest) {
    if (!has(PeopleTable.NAME)) {
      return nothing(PERSON);
    }
    return PeopleTable.open(spark, lake)
        .read()
        .where(col(PeopleTable.SCOPE).equalTo(PeopleTable.RESOLVED))
        .join(broadcast(ids(nearest)), new String[] {PeopleTable.FACE_ID}, "left_semi")
        .select(col(PeopleTable.FACE_ID), col(PeopleTable.PERSON_ID).as(PERSON));
  }

  /** The names by all galleries, of faces that are the same since. */
  private Dataset<Row> names(Dataset<Row> nearest) {
    if (!has(TagsTable.NAME)) {
      return nothing(TagsTable.PERSON);
    }
    return TagsTable.open(spark, lake)
        .read()
        .where(col(TagsTable.PERSON).isNotNull())
        .join(broadcast(ids(nearest)), new String[] {TagsTable.FACE_ID}, "left_semi")
        .join(
            broadcast(
                FacesTable.open(spark, lake)
                    .read()
                    .join(broadcast(ids(nearest)), FacesTable.FACE_ID)
                    .select(
                        col(FacesTable.FACE_ID), col(FacesTable.RUN_ID).as(TagsTable.FACE_RUN))),
            new String[] {TagsTable.FACE_ID, TagsTable.FACE_RUN},
            "left_semi")
        .groupBy(TagsTable.FACE_ID)
        .agg(array_join(sort_array(collect_set(TagsTable.PERSON)), ", ").as(TagsTable.PERSON));
  }

  private static Dataset<Row> ids(Dataset<Row> nearest) {
    return nearest.select(FacesTable.FACE_ID).distinct();
  }

  private Dataset<Row> nothing(String column) {
    return spark.createDataFrame(
        List.of(),
        new StructType()
            .add(FacesTable.SCHEMA.apply(FacesTable.FACE_ID))
            .add(column, DataTypes.StringType, true));
  }

  private boolean has(String table) {
    return lake.tables(spark.sparkContext().hadoopConfiguration()).contains(table);
  }
}
