package facelake.step.review;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.row_number;

import facelake.match.EmbeddingBlock;
import facelake.match.MatchVerdict;
import facelake.match.Verdict;
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
  private static final String NAME = "merges";

  /** Faces of each side that are shown, and of which the farthest pair is found. */
  private static final int SHOWN = 12;

  private static final String NUMBER = "shown_number";

  private static final StructType SIDE =
      new StructType()
          .add(PeopleTable.SCHEMA.apply(PeopleTable.DATASET))
          .add(PeopleTable.SCHEMA.apply(PeopleTable.IDENTITY))
          .add(PeopleTable.SCHEMA.apply(PeopleTable.PART));

  private final SparkSession spark;
  private final Lake lake;
  private final FaceBook book;
  private final Choices choices;

  MergesSection(SparkSession spark, Lake lake, FaceBook book, Choices choices) {
    this.spark = spark;
    this.lake = lake;
    this.book = book;
    this.choices = choices;
  }

  /** One side of a pair. */
  private record Side(String dataset, String identity, int part, int faces) {
    Row key() {
      return RowFactory.create(dataset, identity, part);
    }

    String label() {
      return dataset + "/" + identity + (part == 0 ? "" : " (part %d)".formatted(part));
    }
  }

  private record Face(String id, float[] embedding) {}

  /**
   * The section: those for review first, then the least sure of the others.
   *
   * @param most pairs that are shown
   */
  Section section(int most) {
    if (!lake.tables(spark.sparkContext().hadoopConfiguration()).contains(MatchesTable.NAME)) {
      return Section.missing(NAME, "jobs/facelake dedupe --lake " + lake.root());
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
                desc(MatchesTable.EXPECTED_FALSE_MERGES),
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
        NAME,
        rows,
        total,
        total > matches.size()
            ? "%,d of %,d pairs: all for review first.".formatted(matches.size(), total)
            : null);
  }

  private Map<Row, List<Face>> shown(List<Row> matches) {
    Set<Row> sides = new LinkedHashSet<>();
    matches.forEach(match -> Stream.of(a(match), b(match)).map(Side::key).forEach(sides::add));
    Map<Row, List<Face>> shown = new HashMap<>();
    PeopleTable.open(spark, lake)
        .read()
        .where(col(PeopleTable.SCOPE).equalTo(PeopleTable.RESOLVED))
        .join(broadcast(spark.createDataFrame(new ArrayList<>(sides), SIDE)), SIDE.fieldNames())
        .withColumn(
            NUMBER,
            row_number()
                .over(
                    Window.partitionBy(PeopleTable.DATASET, PeopleTable.IDENTITY, PeopleTable.PART)
                        .orderBy(PeopleTable.FACE_ID)))
        .where(col(NUMBER).leq(SHOWN))
        .select(
            PeopleTable.DATASET,
            PeopleTable.IDENTITY,
            PeopleTable.PART,
            PeopleTable.FACE_ID,
            NUMBER)
        .join(
            FacesTable.open(spark, lake).read().select(FacesTable.FACE_ID, FacesTable.EMBEDDING),
            FacesTable.FACE_ID)
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
        "id", a.label() + " = " + b.label(),
        "a", side(a, facesA),
        "b", side(b, facesB),
        "verdict", match.getAs(MatchesTable.VERDICT),
        "probability", match.getAs(MatchesTable.PROBABILITY),
        "distance", match.getAs(MatchesTable.DISTANCE),
        "score", match.getAs(MatchesTable.SCORE),
        "reason", match.getAs(MatchesTable.REASON),
        "evidence", evidence(match),
        "best", best.isEmpty() ? null : pair(best.get(0)),
        "worst", farthest(facesA, facesB),
        "choices", choices(a, b, best, facesA, facesB));
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
  private List<Map<String, Object>> choices(
      Side a, Side b, List<Row> best, List<Face> facesA, List<Face> facesB) {
    boolean labels =
        a.part() == 0
            && b.part() == 0
            && choices.isLabel(a.dataset(), a.identity())
            && choices.isLabel(b.dataset(), b.identity());
    if (labels) {
      return List.of(
          Choices.identities(
              "s",
              "Same person",
              Verdict.SAME,
              a.dataset(),
              a.identity(),
              b.dataset(),
              b.identity()),
          Choices.identities(
              "d",
              "Two people",
              Verdict.DIFFERENT,
              a.dataset(),
              a.identity(),
              b.dataset(),
              b.identity()));
    }
    String faceA = !best.isEmpty() ? best.get(0).getString(0) : first(facesA);
    String faceB = !best.isEmpty() ? best.get(0).getString(1) : first(facesB);
    return faceA == null || faceB == null
        ? List.of()
        : List.of(
            Choices.faces("s", "Same person", Verdict.SAME, faceA, faceB),
            Choices.faces("d", "Two people", Verdict.DIFFERENT, faceA, faceB));
  }

  private static String first(List<Face> faces) {
    return faces.isEmpty() ? null : faces.get(0).id();
  }
}
