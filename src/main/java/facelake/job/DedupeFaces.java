package facelake.job;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import facelake.Nearest;
import facelake.UserError;
import facelake.match.Decision;
import facelake.match.Decisions;
import facelake.match.Subject;
import facelake.spark.Stored;
import facelake.step.identity.LabelledFaces;
import facelake.step.identity.PartRows;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Chooses the images and faces of a {@link DedupeJob}, and gives each face its identity. */
final class DedupeFaces {
  /** The columns of {@link LabelledFaces}, where identity may be null, and the embedder. */
  static final StructType SCHEMA =
      LabelledFaces.SCHEMA.add(FacesTable.SCHEMA.apply(FacesTable.EMBEDDER));

  private static final String CLUSTER = "cluster";
  private static final String GONE = "gone";
  private static final String RIGHT_DATASET = "right_dataset";
  private static final String RIGHT = "right_identity";

  private static final StructType SAID =
      new StructType()
          .add(FacesTable.FACE_ID, DataTypes.StringType, false)
          .add(GONE, DataTypes.BooleanType, true)
          .add(RIGHT_DATASET, DataTypes.StringType, true)
          .add(RIGHT, DataTypes.StringType, true)
          .add(LabelledFaces.APART, DataTypes.createArrayType(DataTypes.StringType), true);

  private final SparkSession spark;
  private final DedupeOptions options;
  private final Lake lake;

  DedupeFaces(SparkSession spark, DedupeOptions options) {
    this.spark = spark;
    this.options = options;
    this.lake = options.lake();
  }

  /** Names of the datasets that are compared, sorted. */
  List<String> datasets() {
    List<String> known = ImagesTable.open(spark, lake).datasetsWithFaces();
    refuseUnknown("--datasets", options.datasets(), known);
    refuseUnknown("--unique-identities", options.uniqueIdentities(), known);
    List<String> chosen = options.datasets().isEmpty() ? known : options.datasets();
    if (chosen.isEmpty()) {
      throw new UserError(
          "lake %s has no faces; index photos first: jobs/facelake index --help", lake.root());
    }
    if (chosen.size() == 1 && !options.within()) {
      throw new UserError(
          "dataset %s stands alone, and there is nothing to compare it with; index another dataset"
              + " into the lake, or look for people who stand in it twice with --within",
          chosen.get(0));
    }
    return chosen;
  }

  /** Refuses names that are no datasets with faces. */
  static void refuseUnknown(String option, List<String> asked, List<String> known) {
    for (String name : asked) {
      if (!known.contains(name)) {
        throw new UserError(
            "%s names '%s', and no face is of such a dataset%s; datasets with faces: %s",
            option,
            name,
            Nearest.question(name, known),
            known.isEmpty() ? "none" : String.join(", ", known));
      }
    }
  }

  /** The images of these datasets. */
  Dataset<Row> images(List<String> datasets) {
    return ImagesTable.open(spark, lake).read().where(isOf(datasets));
  }

  private static Column isOf(List<String> datasets) {
    return col(ImagesTable.DATASET).isin(datasets.toArray());
  }

  /** The faces of these datasets whose images are whole. */
  private Dataset<Row> whole(List<String> datasets) {
    return FacesTable.open(spark, lake).readWhole().where(isOf(datasets));
  }

  /** All faces of these datasets, also those whose images are not whole. */
  Dataset<Row> faces(List<String> datasets) {
    return FacesTable.open(spark, lake).read().where(isOf(datasets));
  }

  /**
   * The faces of these datasets whose images are whole, written to a folder: rows of {@link
   * #SCHEMA}. Their identity is the label of the dataset, or what people decided to be right, or
   * the cluster of an unlabelled face, or null. Faces that people said are none are left out.
   *
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  Dataset<Row> choose(List<String> datasets, Decisions decisions, String folder) {
    Dataset<Row> said =
        whole(datasets)
            .join(
                broadcast(spark.createDataFrame(said(decisions), SAID)),
                new String[] {FacesTable.FACE_ID},
                "left_outer")
            .where(coalesce(col(GONE), lit(false)).equalTo(false));
    Column right = when(col(RIGHT_DATASET).equalTo(col(FacesTable.DATASET)), col(RIGHT));
    Column label = coalesce(right, col(FacesTable.IDENTITY));
    said.withColumn(LabelledFaces.MISPLACED, col(GONE).isNotNull().and(right.isNull()))
        .withColumn(PartRows.LABELLED, label.isNotNull())
        .join(clusters(), new String[] {FacesTable.DATASET, FacesTable.FACE_ID}, "left_outer")
        .withColumn(FacesTable.IDENTITY, coalesce(label, col(CLUSTER)))
        .select(Arrays.stream(SCHEMA.fieldNames()).map(name -> col(name)).toArray(Column[]::new))
        .write()
        .parquet(folder);
    return Stored.read(spark, SCHEMA, folder);
  }

  /**
   * What people decided on faces, one row a face: gone is true for what is none, false where the
   * label is wrong, and null where only others are said to be somebody else.
   */
  private static List<Row> said(Decisions decisions) {
    Map<String, Boolean> gone = new TreeMap<>();
    Map<String, Subject.Identity> right = new HashMap<>();
    Map<String, SortedSet<String>> apart = new TreeMap<>();
    for (Decision decision : decisions.inForce()) {
      if (!(decision.topic().a() instanceof Subject.Face face)) {
        continue;
      }
      switch (decision.verdict()) {
        case NOT_A_FACE -> gone.put(face.id(), true);
        case WRONG_LABEL -> {
          gone.putIfAbsent(face.id(), false);
          if (decision.topic().b() instanceof Subject.Identity label) {
            right.put(face.id(), label);
          }
        }
        case DIFFERENT -> {
          String other = ((Subject.Face) decision.topic().b()).id();
          apart.computeIfAbsent(face.id(), key -> new TreeSet<>()).add(other);
          apart.computeIfAbsent(other, key -> new TreeSet<>()).add(face.id());
        }
        default -> {}
      }
    }
    return Stream.concat(gone.keySet().stream(), apart.keySet().stream())
        .distinct()
        .map(
            face ->
                RowFactory.create(
                    face,
                    gone.get(face),
                    right.containsKey(face) ? right.get(face).dataset() : null,
                    right.containsKey(face) ? right.get(face).name() : null,
                    apart.containsKey(face) ? apart.get(face).toArray() : null))
        .toList();
  }

  /** The clusters that {@code cluster --dataset} found. */
  private Dataset<Row> clusters() {
    boolean there =
        lake.tables(spark.sparkContext().hadoopConfiguration()).contains(PeopleTable.NAME);
    if (!there) {
      return spark.createDataFrame(
          List.of(),
          new StructType()
              .add(FacesTable.DATASET, DataTypes.StringType, false)
              .add(FacesTable.FACE_ID, DataTypes.StringType, false)
              .add(CLUSTER, DataTypes.StringType, false));
    }
    return PeopleTable.open(spark, lake)
        .readClusters()
        .withColumnRenamed(PeopleTable.PERSON_ID, CLUSTER);
  }
}
