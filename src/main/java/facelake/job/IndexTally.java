package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sum;

import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts what a run wrote, from the rows themselves: a task that ran twice counts once. */
final class IndexTally {
  private final Map<String, Long> byStatus = new TreeMap<>();
  private final Map<String, Long> failures = new TreeMap<>();
  private long faces;

  /** Adds the rows of {@code images} of one chunk. */
  void add(Dataset<Row> images) {
    images
        .groupBy(ImagesTable.STATUS, ImagesTable.FAILURE_CLASS)
        .agg(count(ImagesTable.URI), sum(col(ImagesTable.FACES)))
        .collectAsList()
        .forEach(this::add);
  }

  private void add(Row group) {
    long images = group.getLong(2);
    byStatus.merge(group.getString(0), images, Long::sum);
    if (!group.isNullAt(1)) {
      failures.merge(group.getString(1), images, Long::sum);
    }
    faces += group.getLong(3);
  }

  long images() {
    return byStatus.values().stream().mapToLong(Long::longValue).sum();
  }

  long faces() {
    return faces;
  }

  long noFace() {
    return byStatus.getOrDefault(ImageStatus.NO_FACE.label(), 0L);
  }

  Map<String, Long> failures() {
    return failures;
  }
}
