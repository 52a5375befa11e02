package facelake.step.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import facelake.UserError;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * All that listing met, stored on the executors so that nothing is listed twice. Counts are taken
 * from these rows, not from accumulators: a task that runs twice counts once.
 */
final class Findings implements AutoCloseable {
  private final List<Dataset<Row>> parts = new ArrayList<>();

  /** Adds rows of {@link Found#SCHEMA}; the answer is about them alone. */
  Part store(Dataset<Row> found) {
    parts.add(found.persist(StorageLevel.MEMORY_AND_DISK()));
    return new Part(found);
  }

  /** One addition. */
  record Part(Dataset<Row> found) {
    /** The folders that it says are still to be listed. */
    List<Folder> folders() {
      return Found.Kind.FOLDER.of(found).select("rank", "text").collectAsList().stream()
          .map(row -> Folder.whole(row.getInt(0), row.getString(1)))
          .toList();
    }
  }

  /**
   * The listing of everything; of images with one URI it keeps the least by {@code preference}.
   *
   * @throws UserError with the message of something refused, if there is any
   */
  Listing listing(Column... preference) {
    Dataset<Row> found = parts.stream().reduce(Dataset::union).orElseThrow();
    Map<Found.Kind, Long> counts = new EnumMap<>(Found.Kind.class);
    SortedMap<String, Long> skipped = new TreeMap<>();
    count(found, counts, skipped);
    if (counts.containsKey(Found.Kind.REFUSED)) {
      throw new UserError("%s", texts(found, Found.Kind.REFUSED, 1).get(0));
    }
    Dataset<Row> images =
        Found.Kind.IMAGE
            .of(found)
            .groupBy(col("image.uri"))
            .agg(min_by(col("image"), struct(preference)).as("image"))
            .select("image.*")
            .persist(StorageLevel.MEMORY_AND_DISK());
    long count = images.count();
    long repeated = counts.getOrDefault(Found.Kind.IMAGE, 0L) - count;
    if (repeated > 0) {
      skipped.put("repeated", repeated);
    }
    return new Listing(
        images, count, skipped, warnings(found, counts.getOrDefault(Found.Kind.WARNING, 0L)));
  }

  @Override
  public void close() {
    parts.forEach(Dataset::unpersist);
  }

  /** Counts by kind, and what was skipped by reason, in one pass. */
  private static void count(
      Dataset<Row> found, Map<Found.Kind, Long> counts, Map<String, Long> skipped) {
    Column reason = when(col("kind").equalTo(Found.Kind.SKIPPED.name()), col("text"));
    for (Row row : found.groupBy(col("kind"), reason).count().collectAsList()) {
      counts.merge(Found.Kind.valueOf(row.getString(0)), row.getLong(2), Long::sum);
      if (!row.isNullAt(1)) {
        skipped.put(row.getString(1), row.getLong(2));
      }
    }
  }

  private static List<String> warnings(Dataset<Row> found, long count) {
    List<String> warnings = new ArrayList<>();
    if (count > 0) {
      warnings.addAll(texts(found, Found.Kind.WARNING, Listing.WARNINGS));
    }
    if (count > Listing.WARNINGS) {
      warnings.add("and " + (count - Listing.WARNINGS) + " more");
    }
    return warnings;
  }

  private static List<String> texts(Dataset<Row> found, Found.Kind kind, int limit) {
    return kind.of(found).select("text").orderBy("text").limit(limit).collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
