package facelake.step.review;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.when;

import facelake.table.FacesTable;
import facelake.table.Lake;
import facelake.table.TagVerdict;
import facelake.table.TagsTable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Faces with the names that galleries give them: the least sure of the names first, then those
 * without a name that are nearest to somebody.
 */
final class TagsSection {
  private static final Section.Title TITLE = new Section.Title("tags", "tagged faces");

  private final SparkSession spark;
  private final Lake lake;
  private final FaceBook book;

  TagsSection(SparkSession spark, Lake lake, FaceBook book) {
    this.spark = spark;
    this.lake = lake;
    this.book = book;
  }

  /**
   * The section.
   *
   * @param most faces that are shown
   */
  Section section(int most) {
    if (!lake.tables(spark.sparkContext().hadoopConfiguration()).contains(TagsTable.NAME)) {
      return Section.missing(TITLE, "jobs/facelake tag --gallery GALLERY --lake " + lake.root());
    }
    Dataset<Row> tags =
        TagsTable.open(spark, lake)
            .read()
            .where(col(TagsTable.VERDICT).notEqual(TagVerdict.GALLERY.label()))
            // A face that was indexed again has the same id.
            .join(
                FacesTable.open(spark, lake)
                    .readWhole()
                    .select(col(FacesTable.FACE_ID), col(FacesTable.RUN_ID).as(TagsTable.FACE_RUN)),
                new String[] {TagsTable.FACE_ID, TagsTable.FACE_RUN},
                "left_semi");
    long total = tags.count();
    List<Map<String, Object>> rows =
        tags
            .orderBy(
                col(TagsTable.VERDICT).equalTo(TagVerdict.NAMED.label()).desc(),
                col(TagsTable.PROBABILITY),
                when(
                        col(TagsTable.VERDICT).equalTo(TagVerdict.NAMED.label()),
                        negate(col(TagsTable.DISTANCE)))
                    .otherwise(col(TagsTable.DISTANCE)),
                col(TagsTable.GALLERY),
                col(TagsTable.FACE_ID))
            .limit(most)
            .collectAsList()
            .stream()
            .map(this::row)
            .toList();
    return Section.of(TITLE, rows, total, null);
  }

  private Map<String, Object> row(Row tag) {
    String face = tag.getAs(TagsTable.FACE_ID);
    String gallery = tag.getAs(TagsTable.GALLERY);
    List<Row> candidates = tag.getList(tag.fieldIndex(TagsTable.CANDIDATES));
    return Values.of(
        "id", Section.id(gallery, face),
        "face", book.face(face),
        "gallery", gallery,
        "name", tag.getAs(TagsTable.PERSON),
        "verdict", tag.getAs(TagsTable.VERDICT),
        "distance", tag.getAs(TagsTable.DISTANCE),
        "margin", tag.getAs(TagsTable.MARGIN),
        "probability", tag.getAs(TagsTable.PROBABILITY),
        "candidates", candidates.stream().map(TagsSection::candidate).toList());
  }

  private static Map<String, Object> candidate(Row candidate) {
    return Values.of(
        "name", candidate.getAs(TagsTable.PERSON),
        "distance", candidate.getAs(TagsTable.DISTANCE),
        "probability", candidate.getAs(TagsTable.PROBABILITY));
  }
}
