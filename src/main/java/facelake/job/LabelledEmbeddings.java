package facelake.job;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import facelake.UserError;
import facelake.eval.GenderLabels;
import facelake.step.train.CrossFit;
import facelake.step.train.LogisticFit;
import facelake.table.EmbeddingColumn;
import facelake.table.FacesTable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Faces of a lake whose gender is known, as rows that classifiers are fitted to: those of the
 * columns of {@link LogisticFit}, with class 1 for men, {@link CrossFit#FOLD} and {@link #NAME}.
 *
 * <p>All photos of a person count as much as one photo of another, all men as much as all women,
 * and so in each group of the kind that is to be balanced. A person is in one fold. The rows stay
 * in memory or on the executors' disks until this is closed.
 */
final class LabelledEmbeddings implements AutoCloseable {
  /** The name of the image in the labels. */
  static final String NAME = "name";

  private static final String PERSON = "person";
  private static final String GROUP = "balanced_group";
  private static final String FACES = "faces";
  private static final String URIS = "uris";
  private static final String SHARE = "share";

  private static final StructType MATCHED =
      new StructType()
          .add(NAME, DataTypes.StringType, false)
          .add(FacesTable.URI, DataTypes.StringType, false)
          .add(PERSON, DataTypes.StringType, false)
          .add(GROUP, DataTypes.StringType, false)
          .add(LogisticFit.LABEL, DataTypes.DoubleType, false)
          .add(FacesTable.EMBEDDING, DataTypes.createArrayType(DataTypes.FloatType, false), false);

  /** Fewer people of a gender teach nothing, and may all fall into one fold. */
  private static final int LEAST_PEOPLE = 20;

  /** In one partition sums are the same whatever runs them; of more faces speed is worth more. */
  private static final int FACES_A_PARTITION = 100_000;

  private final Dataset<Row> rows;
  private final TrainGenderResult.Data data;

  private LabelledEmbeddings(Dataset<Row> rows, TrainGenderResult.Data data) {
    this.rows = rows;
    this.data = data;
  }

  /**
   * Chooses the faces: the only one of each image that the labels name.
   *
   * @param faces rows of {@link FacesTable}, of one embedder
   * @throws UserError when a label fits two images, or when too few people are left
   */
  static LabelledEmbeddings of(
      SparkSession spark, Dataset<Row> faces, GenderLabels labels, TrainGenderOptions options) {
    Dataset<Row> matched =
        matched(spark, faces, labels, kind(labels, options))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Row counts =
          matched
              .groupBy(NAME)
              .agg(
                  count(NAME).as(FACES),
                  count_distinct(col(FacesTable.URI)).as(URIS),
                  sort_array(collect_set(FacesTable.URI)).as(FacesTable.URI))
              .agg(
                  count(NAME),
                  count_if(col(FACES).gt(1)),
                  first(when(col(URIS).gt(1), col(FacesTable.URI)), true))
              .head();
      if (!counts.isNullAt(2)) {
        throw new UserError(
            "%s names an image that fits two: %s; give more of their folders, or choose --datasets",
            options.labels(), String.join(" and ", counts.<String>getList(2)));
      }
      return of(matched, options, labels.byImage().size() - counts.getLong(0), counts.getLong(1));
    } finally {
      matched.unpersist();
    }
  }

  private static Optional<Integer> kind(GenderLabels labels, TrainGenderOptions options) {
    return options
        .balance()
        .map(
            kind -> {
              if (!labels.kinds().contains(kind)) {
                throw new UserError(
                    "--balance %s: %s has no such column; its kinds of groups are: %s",
                    kind,
                    options.labels(),
                    labels.kinds().isEmpty() ? "none" : String.join(", ", labels.kinds()));
              }
              return labels.kinds().indexOf(kind);
            });
  }

  private static Dataset<Row> matched(
      SparkSession spark, Dataset<Row> faces, GenderLabels labels, Optional<Integer> kind) {
    int balanced = kind.orElse(-1);
    Broadcast<GenderLabels> known =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(labels);
    return spark.createDataFrame(
        faces
            .select(FacesTable.URI, FacesTable.DATASET, FacesTable.IDENTITY, FacesTable.EMBEDDING)
            .javaRDD()
            .flatMap(face -> matched(face, known.value(), balanced)),
        MATCHED);
  }

  private static Iterator<Row> matched(Row face, GenderLabels labels, int balanced) {
    String uri = face.getString(0);
    Optional<String> name = ImageNames.of(uri).filter(labels.byImage()::containsKey).findFirst();
    if (name.isEmpty()) {
      return Collections.emptyIterator();
    }
    GenderLabels.Label label = labels.byImage().get(name.get());
    return List.of(
            RowFactory.create(
                name.get(),
                uri,
                person(face, label),
                balanced < 0 ? "" : label.groups().get(balanced),
                label.male() ? 1.0 : 0.0,
                EmbeddingColumn.value(EmbeddingColumn.floats(face, 3))))
        .iterator();
  }

  /** Who it is, as far as anything says so; a photo of nobody known is a person of its own. */
  private static String person(Row face, GenderLabels.Label label) {
    if (!label.person().isEmpty()) {
      return "person " + label.person();
    }
    return face.isNullAt(2)
        ? "photo " + face.getString(0)
        : "identity " + face.getString(1) + "/" + face.getString(2);
  }

  private static LabelledEmbeddings of(
      Dataset<Row> matched, TrainGenderOptions options, long withoutFace, long withSeveral) {
    Dataset<Row> alone =
        matched
            .withColumn(FACES, count(lit(1)).over(Window.partitionBy(NAME)))
            .where(col(FACES).equalTo(1))
            .withColumn(SHARE, lit(1.0).divide(count(lit(1)).over(Window.partitionBy(PERSON))));
    Dataset<Row> cells =
        alone.groupBy(LogisticFit.LABEL, GROUP).agg(sum(SHARE).as(LogisticFit.WEIGHT));
    Dataset<Row> rows =
        alone
            .join(broadcast(cells), new String[] {LogisticFit.LABEL, GROUP})
            .select(
                col(NAME),
                col(PERSON),
                col(LogisticFit.LABEL),
                col(SHARE).divide(col(LogisticFit.WEIGHT)).as(LogisticFit.WEIGHT),
                pmod(xxhash64(lit(options.seed()), col(PERSON)), lit(options.folds()))
                    .cast(DataTypes.IntegerType)
                    .as(CrossFit.FOLD),
                array_to_vector(col(FacesTable.EMBEDDING)).as(LogisticFit.FEATURES));
    return settled(rows, options, withoutFace, withSeveral);
  }

  private static LabelledEmbeddings settled(
      Dataset<Row> rows, TrainGenderOptions options, long withoutFace, long withSeveral) {
    int partitions = (int) (rows.count() / FACES_A_PARTITION) + 1;
    Dataset<Row> settled =
        (partitions == 1 ? rows.coalesce(1) : rows.repartitionByRange(partitions, col(NAME)))
            .sortWithinPartitions(NAME)
            .persist(StorageLevel.MEMORY_AND_DISK());
    long[] people = {0, 0};
    long faces = 0;
    for (Row gender :
        settled
            .groupBy(LogisticFit.LABEL)
            .agg(count_distinct(col(PERSON)), count(NAME))
            .collectAsList()) {
      people[(int) gender.getDouble(0)] = gender.getLong(1);
      faces += gender.getLong(2);
    }
    if (Math.min(people[0], people[1]) < LEAST_PEOPLE) {
      settled.unpersist();
      throw new UserError(
          "%s knows %,d men and %,d women with a photo of one face in the lake, and at least %d of"
              + " each are needed; %,d of its images have no face there, and %,d have several (index"
              + " them with --crops for one each)",
          options.labels(), people[1], people[0], LEAST_PEOPLE, withoutFace, withSeveral);
    }
    return new LabelledEmbeddings(
        settled,
        new TrainGenderResult.Data(faces, people[0] + people[1], withoutFace, withSeveral));
  }

  /** One row a face. */
  Dataset<Row> rows() {
    return rows;
  }

  /** What there is, in numbers. */
  TrainGenderResult.Data data() {
    return data;
  }

  @Override
  public void close() {
    rows.unpersist();
  }
}
