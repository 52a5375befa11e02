package facelake.step.review;

import facelake.match.Decision;
import facelake.step.Thumbnails;
import facelake.table.Lake;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * All that a site tells of a lake, which the driver holds.
 *
 * @param sections in the order in which they are told
 * @param summary counts, health and runs, as they become JSON
 * @param pictures faces and photos that are shown
 */
public record SiteContent(
    List<Section> sections, Map<String, Object> summary, Collection<Thumbnails.Photo> pictures) {
  /**
   * Reads the tables of a lake, as many as it has.
   *
   * @param inForce what people decided, the oldest first
   * @param most rows of a section
   * @throws facelake.UserError when the lake has no images or no faces
   */
  public static SiteContent read(SparkSession spark, Lake lake, List<Decision> inForce, int most) {
    FaceBook book = new FaceBook(spark, lake);
    List<Section> sections =
        List.of(
            new PeopleSection(spark, lake, book).section(most),
            new MergesSection(spark, lake, book).section(most),
            new LabelsSection(spark, lake, book).section(most),
            new DuplicatesSection(spark, lake, book).section(most),
            new FailuresSection(spark, lake).section(most),
            new TagsSection(spark, lake, book).section(most),
            new DecisionsSection(spark, lake, book).section(inForce, most));
    book.lookUp();
    return new SiteContent(sections, new Summary(spark, lake).values(sections), book.pictures());
  }
}
