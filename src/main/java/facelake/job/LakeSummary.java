package facelake.job;

import static org.apache.spark.sql.functions.col;

import facelake.table.FacesTable;
import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a lake holds, in a few numbers.
 *
 * @param images how many images there are by status, the word of the column
 * @param genders how many faces there are by label; faces without one are left out
 */
public record LakeSummary(Map<String, Long> images, Map<String, Long> genders, long faces) {
  /** Counts the rows of a lake. */
  public static LakeSummary of(SparkSession spark, Lake lake) {
    Dataset<Row> faces = FacesTable.open(spark, lake).readWhole();
    return new LakeSummary(
        counted(ImagesTable.open(spark, lake).read(), ImagesTable.STATUS),
        counted(faces, FacesTable.GENDER),
        faces.count());
  }

  /** Images with this status. */
  public long images(ImageStatus status) {
    return images.getOrDefault(status.label(), 0L);
  }

  /** Images that are in the inputs. */
  public long present() {
    return images.values().stream().mapToLong(Long::longValue).sum() - images(ImageStatus.REMOVED);
  }

  private static Map<String, Long> counted(Dataset<Row> rows, String column) {
    Map<String, Long> counts = new TreeMap<>();
    rows.where(col(column).isNotNull())
        .groupBy(column)
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }
}
