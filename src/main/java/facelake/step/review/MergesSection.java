package facelake.step.review;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import facelake.match.EmbeddingBlock;
import facelake.match.MatchVerdict;
import facelake.match.PersonId;
import facelake.match.Subject;
import facelake.table.EmbeddingColumn;
import facelake.table.FacesTable;
import facelake.table.Lake;
import facelake.table.MatchesTable;
import facelake.table.PeopleTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/** Proposed merges: pairs of identities that are one person or may be, with the evidence. */
final class MergesSection {
  private static final Section.Title TITLE = new Section.Title("merges", "proposed merges");

  /** Faces of each side that are shown, and of which the farthest pair is found. */
  private static final int SHOWN = 8;

  private static final String NUMBER = "shown_number";

  private static final StructType SIDE =
      new StructType()
          .add(PeopleTable.SCHEMA.apply(PeopleTable.DATASET))
          .add(PeopleTable.SCHEMA.apply(PeopleTable.IDENTITY))
          .add(PeopleTable.SCHEMA.apply(PeopleTable.PART));

  private final SparkSession spark;
  private final Lake lake;
  private final FaceBook book;

  MergesSection(SparkSession spark, Lake lake, FaceBook book) {
    this.spark = spark;
    this.lake = lake;
    this.book = book;
  }

  /** One side of a pair. */
  private record Side(String dataset, String identity, int part, int faces) {
    /** A whole identity; one that no image is labelled with is a cluster, whose name is an id. */
    boolean isLabel() {
      return part == 0 && !PersonId.isOne(identity);
    }

    Subject.Identity identityOf() {
      return new Subject.Identity(dataset, identity);
    }

    Row key() {
      return RowFactory.create(dataset, identity, part);
    }

    String label() {
      return dataset + "/" + identity + (part == 0 ? "" : " (part %d)".formatted(part));
    }
  }

  private record Face(String id, float[] embedding) {}

  /**
   * The section: those for review first, the likeliest before the others, then the least sure of
   * those that are the same.
   *
   * @param most pairs that are shown
   */
  Section section(int most) {
    if (!lake.tables(spark.sparkContext().hadoopConfiguration()).contains(MatchesTable.NAME)) {
      return Section.missing(TITLE, "jobs/facelake dedupe --lake " + lake.root());
    }
    Dataset<Row> proposed =
        MatchesTable.open(spark, lake)
            .read()
            .where(
                col(MatchesTable.VERDICT)
                    .isin(MatchVerdict.REVIEW.label(), MatchVerdict.SAME.label()));
    long total = proposed.count();
    List<Row> matches =
        proposed
            .orderBy(
                col(MatchesTable.VERDICT).equalTo(MatchVerdict.REVIEW.label()).desc(),
                when(
                        col(MatchesTable.VERDICT).equalTo(MatchVerdict.REVIEW.label()),
                        negate(col(MatchesTable.EXPECTED_FALSE_MERGES)))
                    .otherwise(col(MatchesTable.EXPECTED_FALSE_MERGES))
                    .desc(),
                col(MatchesTable.DATASET_A),
                col(MatchesTable.IDENTITY_A),
                col(MatchesTable.PART_A),
                col(MatchesTable.DATASET_B),
                col(MatchesTable.IDENTITY_B),
                col(MatchesTable.PART_B))
            .limit(most)
            .collectAsList();
    Map<Row, List<Face>> shown = shown(matches);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Row match : matches) {
      rows.add(row(match, shown));
    }
    return Section.of(
        TITLE, rows, total, total > matches.size() ? "Those for review come first." : null);
  }

  private Map<Row, List<Face>> shown(List<Row> matches) {
    Set<Row> sides = new LinkedHashSet<>();
    matches.forEach(match -> Stream.of(a(match), b(match)).map(Side::key).forEach(sides::add));
    Map<Row, List<Face>> shown = new HashMap<>();
    Dataset<Row> ids =
        sides()
            .join(broadcast(spark.createDataFrame(new ArrayList<>(sides), SIDE)), SIDE.fieldNames())
            .withColumn(
                NUMBER,
                row_number()
                    .over(
                        Window.partitionBy(
                                PeopleTable.DATASET, PeopleTable.IDENTITY, PeopleTable.PART)
                            .orderBy(PeopleTable.FACE_ID)))
            .where(col(NUMBER).leq(SHOWN));
    FacesTable.open(spark, lake)
        .readWhole()
        .select(FacesTable.FACE_ID, FacesTable.EMBEDDING)
        .join(EmbeddingColumn.wanted(ids, (long) sides.size() * SHOWN), FacesTable.FACE_ID)
        .orderBy(NUMBER)
        .select(
            PeopleTable.DATASET,
            PeopleTable.IDENTITY,
            PeopleTable.PART,
            PeopleTable.FACE_ID,
            FacesTable.EMBEDDING)
        .collectAsList()
        .forEach(
            row ->
                shown
                    .computeIfAbsent(
                        RowFactory.create(row.get(0), row.get(1), row.get(2)),
                        side -> new ArrayList<>())
                    .add(new Face(row.getString(3), EmbeddingColumn.floats(row, 4))));
    return shown;
  }

  /** The side that each resolved face stands for, also where that is a cluster. */
  private Dataset<Row> sides() {
    PeopleTable people = PeopleTable.open(spark, lake);
    return people
        .read()
        .where(col(PeopleTable.SCOPE).equalTo(PeopleTable.RESOLVED))
        .select(PeopleTable.DATASET, PeopleTable.IDENTITY, PeopleTable.PART, PeopleTable.FACE_ID)
        .join(
            people.readClusters(),
            new String[] {PeopleTable.DATASET, PeopleTable.FACE_ID},
            "left_outer")
        .withColumn(
            PeopleTable.IDENTITY, coalesce(col(PeopleTable.IDENTITY), col(PeopleTable.PERSON_ID)));
  }

  private static Side a(Row match) {
    return new Side(
        match.getAs(MatchesTable.DATASET_A),
        match.getAs(MatchesTable.IDENTITY_A),
        match.<Integer>getAs(MatchesTable.PART_A),
        match.<Integer>getAs(MatchesTable.FACES_A));
  }

  private static Side b(Row match) {
    return new Side(
        match.getAs(MatchesTable.DATASET_B),
        match.getAs(MatchesTable.IDENTITY_B),
        match.<Integer>getAs(MatchesTable.PART_B),
        match.<Integer>getAs(MatchesTable.FACES_B));
  }

  private Map<String, Object> row(Row match, Map<Row, List<Face>> shown) {
    Side a = a(match);
    Side b = b(match);
    List<Face> facesA = shown.getOrDefault(a.key(), List.of());
    List<Face> facesB = shown.getOrDefault(b.key(), List.of());
    List<Row> best = match.getList(match.fieldIndex(MatchesTable.BEST_PAIRS));
    return Values.of(
        "id",
        id(a, b, best),
        "a",
        side(a, facesA),
        "b",
        side(b, facesB),
        "verdict",
        match.getAs(MatchesTable.VERDICT),
        "probability",
        match.getAs(MatchesTable.PROBABILITY),
        "distance",
        match.getAs(MatchesTable.DISTANCE),
        "score",
        match.getAs(MatchesTable.SCORE),
        "reason",
        match.getAs(MatchesTable.REASON),
        "evidence",
        evidence(match),
        "best",
        best.isEmpty() ? null : pair(best.get(0)),
        "worst",
        farthest(facesA, facesB),
        Section.CHOICES,
        choices(a, b, best, facesA, facesB));
  }

  /** Parts have other numbers in other runs. */
  private static String id(Side a, Side b, List<Row> best) {
    boolean whole = a.part() == 0 && b.part() == 0;
    return Section.id(
        a.dataset(),
        a.identity(),
        b.dataset(),
        b.identity(),
        whole || best.isEmpty() ? null : best.get(0).getString(0),
        whole || best.isEmpty() ? null : best.get(0).getString(1));
  }

  private Map<String, Object> side(Side side, List<Face> faces) {
    return Values.of(
        "label", side.label(),
        "dataset", side.dataset(),
        "faces", side.faces(),
        "shown", faces.stream().map(face -> book.face(face.id())).toList());
  }

  private Map<String, Object> pair(Row best) {
    return pair(best.getString(0), best.getString(1), best.getDouble(2));
  }

  private Map<String, Object> pair(String faceA, String faceB, double distance) {
    return Values.of("a", book.face(faceA), "b", book.face(faceB), "distance", distance);
  }

  /** Of the faces that are shown. */
  private Map<String, Object> farthest(List<Face> a, List<Face> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return null;
    }
    EmbeddingBlock left = EmbeddingBlock.of(a.stream().map(Face::embedding).toList());
    EmbeddingBlock right = EmbeddingBlock.of(b.stream().map(Face::embedding).toList());
    int farthestA = 0;
    int farthestB = 0;
    double distance = -1;
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        double one = left.distance(i, right, j);
        if (one > distance) {
          distance = one;
          farthestA = i;
          farthestB = j;
        }
      }
    }
    return pair(a.get(farthestA).id(), b.get(farthestB).id(), distance);
  }

  private static List<Map<String, Object>> evidence(Row match) {
    List<Map<String, Object>> evidence = new ArrayList<>();
    add(evidence, "pairs of faces measured", match, MatchesTable.PAIRS);
    add(evidence, "of these near", match, MatchesTable.PAIRS_NEAR);
    add(evidence, "nearest faces", match, MatchesTable.DISTANCE_MIN);
    add(evidence, "median of the pairs", match, MatchesTable.DISTANCE_MEDIAN);
    add(evidence, "between the means", match, MatchesTable.DISTANCE);
    add(evidence, "against strangers (deviations)", match, MatchesTable.DISTANCE_NORMALISED);
    add(evidence, "best rival (deviations)", match, MatchesTable.RIVAL_NORMALISED);
    add(evidence, "photos shared", match, MatchesTable.SHARED_PHOTOS);
    add(evidence, "photos that show both", match, MatchesTable.SAME_PHOTO);
    add(evidence, "gender agreement", match, MatchesTable.GENDER_AGREEMENT);
    add(evidence, "log-likelihood ratio", match, MatchesTable.LOG_LIKELIHOOD_RATIO);
    add(evidence, "expected false merges", match, MatchesTable.EXPECTED_FALSE_MERGES);
    add(evidence, "group density", match, MatchesTable.GROUP_DENSITY);
    return evidence;
  }

  private static void add(
      List<Map<String, Object>> evidence, String label, Row match, String column) {
    Object value = match.getAs(column);
    if (value != null) {
      evidence.add(Values.of("label", label, "value", text(value)));
    }
  }

  private static String text(Object value) {
    return value instanceof Integer
        ? String.format(Locale.ROOT, "%,d", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }

  /** On the labels where both sides are whole ones, and else on the nearest faces. */
  private static List<Choice> choices(
      Side a, Side b, List<Row> best, List<Face> facesA, List<Face> facesB) {
    if (a.isLabel() && b.isLabel()) {
      return List.of(
          Choice.same(a.identityOf(), b.identityOf()),
          Choice.different(a.identityOf(), b.identityOf()));
    }
    String faceA = best.isEmpty() ? first(facesA) : best.get(0).getString(0);
    String faceB = best.isEmpty() ? first(facesB) : best.get(0).getString(1);
    if (faceA == null || faceB == null) {
      return List.of();
    }
    Subject.Face one = new Subject.Face(faceA);
    Subject.Face other = new Subject.Face(faceB);
    return List.of(Choice.same(one, other), Choice.different(one, other));
  }

  private static String first(List<Face> faces) {
    return faces.isEmpty() ? null : faces.get(0).id();
  }
}
