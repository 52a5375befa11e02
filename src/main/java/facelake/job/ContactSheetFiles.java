package facelake.job;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.mode;

import facelake.job.EvaluateModelsResult.Grouping;
import facelake.report.ContactSheets;
import facelake.step.InTurns;
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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The files of an {@link EvaluateModelsJob}: {@code scores.json} with all figures, {@code
 * groups-N.html} with the faces of a grouping, their pictures, and {@code index.html}.
 */
final class ContactSheetFiles {
  /** The file of all figures, by which a folder is known. */
  static final String SCORES = "scores.json";

  /** Groups on a page: those of several people first, then the largest. */
  private static final int GROUPS = 100;

  /** Faces of a group on a page. */
  private static final int FACES = 40;

  private static final String GROUP_SIZE = "faces_in_group";
  private static final String PEOPLE = "people_in_group";
  private static final String MOST = "most_of_group";
  private static final String PLACE = "group_place";

  private static final StructType PLACED =
      new StructType()
          .add(PLACE, DataTypes.IntegerType, false)
          .add(PeopleTable.SCHEMA.apply(PeopleTable.PERSON_ID))
          .add(GROUP_SIZE, DataTypes.LongType, false)
          .add(PEOPLE, DataTypes.LongType, false)
          .add(MOST, DataTypes.StringType, false);

  private final SparkSession spark;
  private final List<Sheet> sheets = new ArrayList<>();

  ContactSheetFiles(SparkSession spark) {
    this.spark = spark;
  }

  /** A group of faces, some of which are shown. */
  private record Group(long size, long people, List<Row> faces) {}

  private record Sheet(Grouping grouping, List<Group> groups) {}

  /**
   * Keeps what the page of a grouping is to show.
   *
   * @param people rows of {@link FacesTable} with {@link PeopleTable#PERSON_ID}
   */
  void add(Grouping grouping, Lake lake, Dataset<Row> people) {
    Dataset<Row> chosen = placed(people);
    Dataset<Row> images =
        ImagesTable.open(spark, lake)
            .read()
            .where(col(ImagesTable.DATASET).equalTo(grouping.dataset()))
            .select(ImagesTable.URI, ImagesTable.SOURCE);
    Map<Integer, Group> groups = new LinkedHashMap<>();
    InTurns.numbered(
            people.join(broadcast(chosen), PeopleTable.PERSON_ID),
            PeopleTable.PERSON_ID,
            FacesTable.FACE_ID,
            FacesTable.IDENTITY)
        .where(col(InTurns.NUMBER).leq(FACES))
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
            FacesTable.BOX,
            MOST)
        .orderBy(PLACE, FacesTable.IDENTITY, FacesTable.FACE_ID)
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
            .agg(
                count(lit(1)).as(GROUP_SIZE),
                count_distinct(col(FacesTable.IDENTITY)).as(PEOPLE),
                mode(col(FacesTable.IDENTITY), true).as(MOST))
            .orderBy(col(PEOPLE).gt(1).desc(), desc(GROUP_SIZE), col(PeopleTable.PERSON_ID))
            .limit(GROUPS)
            .collectAsList();
    List<Row> placed = new ArrayList<>();
    for (Row group : groups) {
      placed.add(
          RowFactory.create(
              placed.size(),
              group.getString(0),
              group.getLong(1),
              group.getLong(2),
              group.getString(3)));
    }
    return spark.createDataFrame(placed, PLACED);
  }

  /**
   * Cuts the pictures and writes the pages.
   *
   * @return why photos are not shown, by their uris
   */
  SortedMap<String, String> write(
      ReportFolder folder, List<Grouping> groupings, List<String> notes) {
    List<Thumbnails.Photo> photos =
        sheets.stream()
            .flatMap(sheet -> sheet.groups().stream())
            .flatMap(group -> group.faces().stream())
            .map(ContactSheetFiles::photo)
            .toList();
    SortedMap<String, String> unseen =
        new Thumbnails(spark, folder.uri(), Thumbnails.Look.PLAIN).write(photos);
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
    folder.json(SCORES, figures(groupings, notes));
    folder.text(
        "index.html",
        out ->
            ContactSheets.writeIndex(
                out,
                "Photos of one face whose person is known, grouped as cluster does.",
                EvaluateModelsResult.HEADER,
                EvaluateModelsResult.rows(groupings),
                notes,
                links));
    return unseen;
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
    String most = group.faces().get(0).getString(9);
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

  private static Map<String, Object> figures(List<Grouping> groupings, List<String> notes) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("groupings", groupings.stream().map(ScoreFigures::of).toList());
    figures.put("notes", notes);
    return figures;
  }
}
