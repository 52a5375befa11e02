package facelake.step.review;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.mode;

import facelake.match.FaceRole;
import facelake.step.InTurns;
import facelake.table.FacesTable;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** People, the largest first, each with faces of all of its datasets. */
final class PeopleSection {
  private static final Section.Title TITLE = new Section.Title("people", "people");

  /** Faces of a person that are shown. */
  private static final int SHOWN = 24;

  private static final String LABEL = "label";
  private static final String FACES = "faces_of_label";

  private final SparkSession spark;
  private final Lake lake;
  private final FaceBook book;

  PeopleSection(SparkSession spark, Lake lake, FaceBook book) {
    this.spark = spark;
    this.lake = lake;
    this.book = book;
  }

  /**
   * The section.
   *
   * @param most people that are shown
   */
  Section section(int most) {
    if (!lake.tables(spark.sparkContext().hadoopConfiguration()).contains(PeopleTable.NAME)) {
      return missing();
    }
    Dataset<Row> all = PeopleTable.open(spark, lake).read();
    Optional<String> found = scope(all);
    if (found.isEmpty()) {
      return missing();
    }
    String scope = found.get();
    Dataset<Row> people = all.where(col(PeopleTable.SCOPE).equalTo(scope));
    long total = people.agg(count_distinct(col(PeopleTable.PERSON_ID))).head().getLong(0);
    List<Row> largest =
        people
            .select(PeopleTable.PERSON_ID, PeopleTable.SIZE)
            .distinct()
            .orderBy(desc(PeopleTable.SIZE), col(PeopleTable.PERSON_ID))
            .limit(most)
            .collectAsList();
    Dataset<Row> chosen =
        broadcast(
            spark
                .createDataFrame(
                    largest, people.select(PeopleTable.PERSON_ID, PeopleTable.SIZE).schema())
                .drop(PeopleTable.SIZE));
    Dataset<Row> faces =
        people
            .select(
                col(PeopleTable.PERSON_ID),
                col(PeopleTable.FACE_ID),
                col(PeopleTable.IDENTITY).as(LABEL),
                col(PeopleTable.ROLE))
            .join(chosen, PeopleTable.PERSON_ID)
            .join(
                FacesTable.open(spark, lake)
                    .readWhole()
                    .select(
                        FacesTable.FACE_ID,
                        FacesTable.DATASET,
                        FacesTable.IDENTITY,
                        FacesTable.GENDER),
                FacesTable.FACE_ID)
            .withColumn(LABEL, coalesce(col(LABEL), col(FacesTable.IDENTITY)));
    faces.persist(StorageLevel.MEMORY_AND_DISK());
    List<Map<String, Object>> rows = rows(largest, names(faces), genders(faces), shown(faces));
    faces.unpersist();
    return Section.of(TITLE, rows, total, note(scope, total, largest.size()));
  }

  private Section missing() {
    return Section.missing(
        TITLE,
        "jobs/facelake dedupe --lake %1$s, or for photos without labels jobs/facelake cluster --lake %1$s"
            .formatted(lake.root()));
  }

  /** What dedupe resolved, or else what cluster found among the most faces. */
  private static Optional<String> scope(Dataset<Row> people) {
    Column preferred = col(PeopleTable.SCOPE).equalTo(PeopleTable.RESOLVED).cast("int");
    return people
        .groupBy(PeopleTable.SCOPE)
        .agg(count(lit(1)).as(FACES))
        .orderBy(preferred.desc(), desc(FACES), col(PeopleTable.SCOPE))
        .limit(1)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .findFirst();
  }

  private static String note(String scope, long total, int shown) {
    String which =
        scope.equals(PeopleTable.RESOLVED)
            ? "People as dedupe resolved them."
            : "People as cluster found them among " + scope + ".";
    return total > shown ? which + " The largest ones." : which;
  }

  private static Map<String, List<Map<String, Object>>> names(Dataset<Row> faces) {
    Map<String, List<Map<String, Object>>> names = new HashMap<>();
    faces
        .groupBy(PeopleTable.PERSON_ID, FacesTable.DATASET, LABEL)
        .agg(count(lit(1)).as(FACES))
        .orderBy(desc(FACES), col(FacesTable.DATASET), col(LABEL))
        .collectAsList()
        .forEach(
            row ->
                names
                    .computeIfAbsent(row.getString(0), person -> new ArrayList<>())
                    .add(
                        Values.of(
                            "dataset", row.getString(1),
                            "identity", row.getString(2),
                            "faces", row.getLong(3))));
    return names;
  }

  private static Map<String, String> genders(Dataset<Row> faces) {
    Map<String, String> genders = new HashMap<>();
    faces
        .where(col(FacesTable.GENDER).isNotNull())
        .groupBy(PeopleTable.PERSON_ID)
        .agg(mode(col(FacesTable.GENDER), true))
        .collectAsList()
        .forEach(row -> genders.put(row.getString(0), row.getString(1)));
    return genders;
  }

  /** The first faces of each label in turns, so that all labels are seen. */
  private Map<String, List<Map<String, Object>>> shown(Dataset<Row> faces) {
    Map<String, List<Map<String, Object>>> shown = new HashMap<>();
    InTurns.numbered(faces, PeopleTable.PERSON_ID, FacesTable.FACE_ID, FacesTable.DATASET, LABEL)
        .where(col(InTurns.NUMBER).leq(SHOWN))
        .select(
            PeopleTable.PERSON_ID, FacesTable.FACE_ID, PeopleTable.ROLE, FacesTable.DATASET, LABEL)
        .orderBy(
            col(PeopleTable.PERSON_ID),
            col(FacesTable.DATASET),
            col(LABEL),
            col(FacesTable.FACE_ID))
        .collectAsList()
        .forEach(
            row ->
                shown
                    .computeIfAbsent(row.getString(0), person -> new ArrayList<>())
                    .add(face(row)));
    return shown;
  }

  private Map<String, Object> face(Row row) {
    Map<String, Object> face = book.face(row.getString(1));
    if (FaceRole.OUTLIER.label().equals(row.getString(2))) {
      face.put("note", row.getString(2));
    }
    return face;
  }

  private static List<Map<String, Object>> rows(
      List<Row> largest,
      Map<String, List<Map<String, Object>>> names,
      Map<String, String> genders,
      Map<String, List<Map<String, Object>>> shown) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Row person : largest) {
      String id = person.getString(0);
      List<Map<String, Object>> labels = names.getOrDefault(id, List.of());
      rows.add(
          Values.of(
              "id", id,
              "name", name(labels, id),
              "names", labels,
              "faces", person.getInt(1),
              "datasets",
                  labels.stream().map(label -> label.get("dataset")).distinct().sorted().toList(),
              "gender", genders.get(id),
              "shown", shown.getOrDefault(id, List.of())));
    }
    return rows;
  }

  /** By the label of most faces, and without a label by the id. */
  private static String name(List<Map<String, Object>> labels, String id) {
    return labels.stream()
        .filter(label -> label.containsKey("identity"))
        .findFirst()
        .map(label -> label.get("dataset") + "/" + label.get("identity"))
        .orElse(id);
  }
}
