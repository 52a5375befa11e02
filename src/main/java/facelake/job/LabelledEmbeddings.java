package facelake.job;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.sum;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
 * and so in each group of the kind that is to be balanced; those without a group are one more. A
 * person is in one fold. The rows stay in memory or on the executors' disks until this is closed.
 */
final class LabelledEmbeddings implements AutoCloseable {
  /** The name of the image in the labels. */
  static final String NAME = "name";

  private static final String PERSON = "person";
  private static final String GROUP = "balanced_group";
  private static final String FACES = "faces";
  private static final String SHARE = "share";

  private static final StructType MATCHED =
      new StructType()
          .add(NAME, DataTypes.StringType, false)
          .add(FacesTable.URI, DataTypes.StringType, false)
          .add(FacesTable.DATASET, DataTypes.StringType, false)
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
  private final Broadcast<GenderLabels> labels;

  private LabelledEmbeddings(
      Dataset<Row> rows, TrainGenderResult.Data data, Broadcast<GenderLabels> labels) {
    this.rows = rows;
    this.data = data;
    this.labels = labels;
  }

  /**
   * Chooses the faces: the only one of each image that the labels name.
   *
   * @param faces rows of {@link FacesTable}, of one embedder
   * @throws UserError when a label fits two images, or when too few people are left
   */
  static LabelledEmbeddings of(
      SparkSession spark, Dataset<Row> faces, GenderLabels labels, TrainGenderOptions options) {
    int balanced = balanced(labels, options);
    Broadcast<GenderLabels> known =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(labels);
    Dataset<Row> matched =
        matched(spark, faces, known, balanced).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Row> found =
          matched
              .groupBy(NAME)
              .agg(
                  count(NAME).as(FACES),
                  sort_array(
                          collect_set(
                              concat_ws(" of ", col(FacesTable.URI), col(FacesTable.DATASET))))
                      .as(FacesTable.URI))
              .collectAsList();
      for (Row image : found) {
        List<String> uris = image.getList(2);
        if (uris.size() > 1) {
          throw new UserError(
              "%s names %s, which fits two images: %s and %s; give more of their folders, or choose"
                  + " --datasets",
              options.labels(), image.getString(0), uris.get(0), uris.get(1));
        }
      }
      Set<String> withoutFace = new TreeSet<>(labels.byImage().keySet());
      found.forEach(image -> withoutFace.remove(image.getString(0)));
      long several = found.stream().filter(image -> image.getLong(1) > 1).count();
      return of(matched, options, List.copyOf(withoutFace), several, known);
    } catch (RuntimeException | Error e) {
      known.destroy();
      throw e;
    } finally {
      matched.unpersist();
    }
  }

  /** The place of the kind of group that is balanced; -1 for none. */
  private static int balanced(GenderLabels labels, TrainGenderOptions options) {
    if (options.balance().isEmpty()) {
      return -1;
    }
    String kind = options.balance().get();
    if (!labels.kinds().contains(kind)) {
      throw new UserError(
          "--balance %s: %s has no such column; its kinds of groups are: %s",
          kind,
          options.labels(),
          labels.kinds().isEmpty() ? "none" : String.join(", ", labels.kinds()));
    }
    return labels.kinds().indexOf(kind);
  }

  private static Dataset<Row> matched(
      SparkSession spark, Dataset<Row> faces, Broadcast<GenderLabels> known, int balanced) {
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
                face.getString(1),
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
      Dataset<Row> matched,
      TrainGenderOptions options,
      List<String> withoutFace,
      long withSeveral,
      Broadcast<GenderLabels> labels) {
    Dataset<Row> alone =
        matched
            .withColumn(FACES, count(lit(1)).over(Window.partitionBy(NAME)))
            .where(col(FACES).equalTo(1))
            .withColumn(SHARE, lit(1.0).divide(count(lit(1)).over(Window.partitionBy(PERSON))));
    Dataset<Row> cells =
        alone
            .groupBy(LogisticFit.LABEL, GROUP)
            .agg(
                sum(SHARE).as(LogisticFit.WEIGHT),
                count_distinct(col(PERSON)).as(PERSON),
                count(NAME).as(FACES));
    TrainGenderResult.Data data = data(cells.collectAsList(), options, withoutFace, withSeveral);
    Dataset<Row> rows =
        alone
            .drop(FACES)
            .join(broadcast(cells.drop(PERSON, FACES)), new String[] {LogisticFit.LABEL, GROUP})
            .select(
                col(NAME),
                col(LogisticFit.LABEL),
                col(SHARE).divide(col(LogisticFit.WEIGHT)).as(LogisticFit.WEIGHT),
                pmod(xxhash64(lit(options.seed()), col(PERSON)), lit(options.folds()))
                    .cast(DataTypes.IntegerType)
                    .as(CrossFit.FOLD),
                array_to_vector(col(FacesTable.EMBEDDING)).as(LogisticFit.FEATURES));
    int partitions = (int) (data.faces() / FACES_A_PARTITION) + 1;
    Dataset<Row> settled =
        (partitions == 1 ? rows.coalesce(1) : rows.repartitionByRange(partitions, col(NAME)))
            .sortWithinPartitions(NAME)
            .persist(StorageLevel.MEMORY_AND_DISK());
    settled.count(); // now, while what it is made of is at hand
    return new LabelledEmbeddings(settled, data, labels);
  }

  private static TrainGenderResult.Data data(
      List<Row> cells, TrainGenderOptions options, List<String> withoutFace, long withSeveral) {
    long[] people = {0, 0};
    long faces = 0;
    Map<String, long[]> groups = new TreeMap<>();
    for (Row cell : cells) {
      int gender = (int) cell.getDouble(0);
      people[gender] += cell.getLong(3);
      faces += cell.getLong(4);
      groups.computeIfAbsent(cell.getString(1), group -> new long[2])[gender] = cell.getLong(3);
    }
    if (groups.isEmpty()) {
      groups.put("", people);
    }
    groups.forEach(
        (group, count) -> {
          if (Math.min(count[0], count[1]) < LEAST_PEOPLE) {
            throw new UserError(
                "%s knows %,d men and %,d women%s with a photo of one face in the lake, and at least"
                    + " %d of each are needed; %,d of its images have no face there, and %,d have"
                    + " several (index them with --crops for one each)",
                options.labels(),
                count[1],
                count[0],
                options.balance().map(kind -> " of " + kind + " '" + group + "'").orElse(""),
                LEAST_PEOPLE,
                withoutFace.size(),
                withSeveral);
          }
        });
    return new TrainGenderResult.Data(faces, people[1], people[0], withoutFace, withSeveral);
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
    labels.destroy();
  }
}
