package facelake.job;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.levenshtein;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;

import facelake.Nearest;
import facelake.match.Subject;
import facelake.table.FacesTable;
import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Which identities and faces a lake has. Whoever asks brings a list that the driver holds; the
 * tables are met by joins, and only what was asked for comes back.
 */
final class LakeSubjects {
  private static final StructType IDENTITIES =
      new StructType()
          .add(ImagesTable.DATASET, DataTypes.StringType)
          .add(ImagesTable.IDENTITY, DataTypes.StringType);

  private static final StructType FACES =
      new StructType().add(FacesTable.FACE_ID, DataTypes.StringType);

  private static final String TYPED = "typed";

  private final SparkSession spark;
  private final Dataset<Row> images;
  private final Dataset<Row> faces;

  /**
   * The subjects of a lake.
   *
   * @throws facelake.UserError when it has no images or no faces
   */
  LakeSubjects(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.images =
        ImagesTable.open(spark, lake)
            .read()
            .where(col(ImagesTable.STATUS).notEqual(ImageStatus.REMOVED.label()));
    this.faces = FacesTable.open(spark, lake).read();
  }

  /** Those of some subjects that the lake does not have. */
  Set<Subject> missing(Collection<Subject> asked) {
    Set<Subject> missing = new HashSet<>(asked);
    present(images, table(asked, Subject.Identity.class, LakeSubjects::row, IDENTITIES))
        .map(row -> new Subject.Identity(row.getString(0), row.getString(1)))
        .forEach(missing::remove);
    present(faces, table(asked, Subject.Face.class, LakeSubjects::row, FACES))
        .map(row -> new Subject.Face(row.getString(0)))
        .forEach(missing::remove);
    return missing;
  }

  private static Stream<Row> present(Dataset<Row> all, Dataset<Row> asked) {
    if (asked.isEmpty()) {
      return Stream.empty();
    }
    String[] key = asked.columns();
    Column[] columns = Arrays.stream(key).map(functions::col).toArray(Column[]::new);
    return all
        .join(broadcast(asked), key, "left_semi")
        .select(columns)
        .distinct()
        .collectAsList()
        .stream();
  }

  /** What to tell of each of some missing subjects, with the name that may have been meant. */
  Map<Subject, String> reasons(Collection<Subject> missing) {
    Map<Subject, String> reasons = new HashMap<>();
    List<String> datasets = datasets();
    Map<Subject, String> nearest = nearest(missing);
    for (Subject subject : missing) {
      reasons.put(
          subject,
          subject instanceof Subject.Identity identity
              ? reason(identity, datasets, nearest.get(subject))
              : "the lake has no %s; its faces are those of faces.face_id".formatted(subject));
    }
    return reasons;
  }

  private static String reason(Subject.Identity identity, List<String> datasets, String nearest) {
    if (!datasets.contains(identity.dataset())) {
      return "the lake has no dataset '%s'%s"
          .formatted(identity.dataset(), Nearest.question(identity.dataset(), datasets));
    }
    return "dataset '%s' has no identity '%s'%s"
        .formatted(
            identity.dataset(),
            identity.name(),
            nearest == null ? "" : Nearest.question(identity.name(), List.of(nearest)));
  }

  private List<String> datasets() {
    return images
        .select(ImagesTable.DATASET)
        .distinct()
        .orderBy(ImagesTable.DATASET)
        .as(Encoders.STRING())
        .collectAsList();
  }

  /** The identity of the same dataset with the fewest edits, for each missing one that has any. */
  private Map<Subject, String> nearest(Collection<Subject> missing) {
    Dataset<Row> asked =
        table(missing, Subject.Identity.class, LakeSubjects::row, IDENTITIES)
            .withColumnRenamed(ImagesTable.IDENTITY, TYPED);
    Column identity = col(ImagesTable.IDENTITY);
    Map<Subject, String> nearest = new HashMap<>();
    images
        .select(ImagesTable.DATASET, ImagesTable.IDENTITY)
        .where(identity.isNotNull())
        .distinct()
        .join(broadcast(asked), ImagesTable.DATASET)
        .groupBy(ImagesTable.DATASET, TYPED)
        .agg(min_by(identity, struct(levenshtein(identity, col(TYPED)), identity)))
        .collectAsList()
        .forEach(
            row ->
                nearest.put(
                    new Subject.Identity(row.getString(0), row.getString(1)), row.getString(2)));
    return nearest;
  }

  private <S extends Subject> Dataset<Row> table(
      Collection<Subject> subjects, Class<S> kind, Function<S, Row> row, StructType schema) {
    List<Row> rows = subjects.stream().filter(kind::isInstance).map(kind::cast).map(row).toList();
    return spark.createDataFrame(rows, schema);
  }

  private static Row row(Subject.Identity identity) {
    return RowFactory.create(identity.dataset(), identity.name());
  }

  private static Row row(Subject.Face face) {
    return RowFactory.create(face.id());
  }
}
