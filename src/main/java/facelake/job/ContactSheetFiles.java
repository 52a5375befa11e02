package facelake.job;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import facelake.job.EvaluateModelsResult.Grouping;
import facelake.report.ContactSheets;
import facelake.step.Thumbnails;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The files of an {@link EvaluateModelsJob}: {@code scores.json} with all figures, {@code
 * groups-N.html} with the faces of a grouping, their pictures, and {@code index.html}.
 */
final class ContactSheetFiles {
  /** Groups on a page: those of several people first, then the largest. */
  private static final int GROUPS = 100;

  /** Faces of a group on a page. */
  private static final int FACES = 40;

  private static final String GROUP_SIZE = "faces_in_group";
  private static final String PEOPLE = "people_in_group";
  private static final String NUMBER = "face_number";
  private static final String PLACE = "group_place";

  private static final StructType PLACED =
      new StructType()
          .add(PLACE, DataTypes.IntegerType, false)
          .add(PeopleTable.SCHEMA.apply(PeopleTable.PERSON_ID))
          .add(GROUP_SIZE, DataTypes.LongType, false)
          .add(PEOPLE, DataTypes.LongType, false);

  private final SparkSession spark;
  private final List<Sheet> sheets = new ArrayList<>();
  private final SortedMap<String, String> unseen = new TreeMap<>();

  ContactSheetFiles(SparkSession spark) {
    this.spark = spark;
  }

  /** A group of faces, some of which are shown. */
  private record Group(long size, long people, List<Row> faces) {}

  private record Sheet(Grouping grouping, List<Group> groups) {}

  /** Why photos are not shown, by their uris. */
  SortedMap<String, String> unseen() {
    return unseen;
  }

  /**
   * Keeps what the page of a grouping is to show.
   *
   * @param people rows of {@link FacesTable} with {@link PeopleTable#PERSON_ID}
   */
  void add(Grouping grouping, Lake lake, Dataset<Row> people) {
    Dataset<Row> chosen = placed(people);
    Column number =
        row_number()
            .over(
                Window.partitionBy(PeopleTable.PERSON_ID)
                    .orderBy(FacesTable.IDENTITY, FacesTable.FACE_ID));
    Dataset<Row> images =
        ImagesTable.open(spark, lake)
            .read()
            .where(col(ImagesTable.DATASET).equalTo(grouping.dataset()))
            .select(ImagesTable.URI, ImagesTable.SOURCE);
    Map<Integer, Group> groups = new LinkedHashMap<>();
    people
        .join(broadcast(chosen), PeopleTable.PERSON_ID)
        .withColumn(NUMBER, number)
        .where(col(NUMBER).leq(FACES))
        .join(images, FacesTable.URI)
        .select(
            PLACE,
            GROUP_SIZE,
            PEOPLE,
            FacesTable.FACE_ID,
            FacesTable.IDENTITY,
            FacesTable.URI,
            FacesTable.IMAGE_ID,
            ImagesTable.SOURCE,
            FacesTable.BOX)
        .orderBy(PLACE, NUMBER)
        .collectAsList()
        .forEach(
            row ->
                groups
                    .computeIfAbsent(
                        row.getInt(0),
                        key -> new Group(row.getLong(1), row.getLong(2), new ArrayList<>()))
                    .faces()
                    .add(row));
    sheets.add(new Sheet(grouping, List.copyOf(groups.values())));
  }

  /** The groups of a page with their places on it. */
  private Dataset<Row> placed(Dataset<Row> people) {
    List<Row> groups =
        people
            .groupBy(PeopleTable.PERSON_ID)
            .agg(count(lit(1)).as(GROUP_SIZE), count_distinct(col(FacesTable.IDENTITY)).as(PEOPLE))
            .orderBy(col(PEOPLE).gt(1).desc(), desc(GROUP_SIZE), col(PeopleTable.PERSON_ID))
            .limit(GROUPS)
            .collectAsList();
    List<Row> placed = new ArrayList<>();
    for (Row group : groups) {
      placed.add(
          RowFactory.create(placed.size(), group.getString(0), group.getLong(1), group.getLong(2)));
    }
    return spark.createDataFrame(placed, PLACED);
  }

  /** Cuts the pictures and writes the pages. */
  void write(ReportFolder folder, EvaluateModelsResult result) {
    List<Thumbnails.Photo> photos =
        sheets.stream()
            .flatMap(sheet -> sheet.groups().stream())
            .flatMap(group -> group.faces().stream())
            .map(ContactSheetFiles::photo)
            .toList();
    unseen.putAll(new Thumbnails(spark, folder.name(), Thumbnails.Look.PLAIN).write(photos));
    List<ContactSheets.Sheet> links = new ArrayList<>();
    for (Sheet sheet : sheets) {
      String file = "groups-%d.html".formatted(links.size() + 1);
      links.add(new ContactSheets.Sheet(file, "shows the groups of " + title(sheet.grouping())));
      folder.text(
          file,
          out ->
              ContactSheets.write(
                  out,
                  title(sheet.grouping()),
                  summary(sheet),
                  sheet.groups().stream().map(ContactSheetFiles::shown).toList()));
    }
    folder.json("scores.json", figures(result));
    folder.text(
        "index.html",
        out ->
            ContactSheets.writeIndex(
                out,
                "Photos of one face whose person is known, grouped as cluster does.",
                EvaluateModelsResult.HEADER,
                result.rows(),
                result.notes(),
                links));
  }

  private static Thumbnails.Photo photo(Row row) {
    return new Thumbnails.Photo(
        row.getString(5),
        row.getString(7),
        row.getString(6),
        List.of(Thumbnails.Cut.face(row.getString(3), row.getStruct(8))));
  }

  private static String title(Grouping grouping) {
    return "%s by %s at %.4f (%s)"
        .formatted(grouping.dataset(), grouping.embedder(), grouping.threshold(), grouping.kind());
  }

  private static String summary(Sheet sheet) {
    return ("%,d faces of %,d people are %,d groups and %,d faces alone. Groups of several people come"
            + " first, then the largest; a frame in orange marks who is labelled otherwise than most"
            + " of the group.")
        .formatted(
            sheet.grouping().scores().faces(),
            sheet.grouping().scores().people(),
            sheet.grouping().scores().groups(),
            sheet.grouping().scores().alone());
  }

  private static ContactSheets.Group shown(Group group) {
    Map<String, Long> names =
        group.faces().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.getString(4), TreeMap::new, Collectors.counting()));
    String most =
        names.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElseThrow();
    return new ContactSheets.Group(
        group.people() == 1
            ? "%s: %,d faces".formatted(most, group.size())
            : "%,d faces of %,d people".formatted(group.size(), group.people()),
        group.faces().stream()
            .map(
                row ->
                    new ContactSheets.Face(
                        Thumbnails.fileOfFace(row.getString(3)),
                        row.getString(4),
                        !row.getString(4).equals(most)))
            .toList());
  }

  private static Map<String, Object> figures(EvaluateModelsResult result) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("groupings", result.groupings().stream().map(ScoreFigures::of).toList());
    figures.put("notes", result.notes());
    return figures;
  }
}
