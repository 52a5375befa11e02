package facelake.step.review;

import static org.apache.spark.sql.functions.col;

import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Images that failed, with the reason. */
final class FailuresSection {
  private static final Section.Title TITLE = new Section.Title("failures", "failed images");

  private final SparkSession spark;
  private final Lake lake;

  FailuresSection(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /**
   * The section.
   *
   * @param most images that are shown
   */
  Section section(int most) {
    Dataset<Row> failed =
        ImagesTable.open(spark, lake)
            .read()
            .where(col(ImagesTable.STATUS).equalTo(ImageStatus.FAILED.label()));
    long total = failed.count();
    List<Map<String, Object>> rows =
        failed
            .orderBy(ImagesTable.FAILURE_CLASS, ImagesTable.DATASET, ImagesTable.URI)
            .limit(most)
            .collectAsList()
            .stream()
            .map(FailuresSection::row)
            .toList();
    return Section.of(TITLE, rows, total, null);
  }

  private static Map<String, Object> row(Row image) {
    String uri = image.getAs(ImagesTable.URI);
    return Values.of(
        "dataset", image.getAs(ImagesTable.DATASET),
        "uri", uri,
        "name", FaceBook.fileName(uri),
        "class", image.getAs(ImagesTable.FAILURE_CLASS),
        "message", image.getAs(ImagesTable.FAILURE_MESSAGE));
  }
}
