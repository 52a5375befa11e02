package facelake.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;

import facelake.table.TagVerdict;
import facelake.table.TagsTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts what the table {@code tags} says.
 *
 * @param gallery whose rows are counted
 * @param warnings sentences on the gallery that a person should read
 */
record TagSummary(TagsTable table, String gallery, List<String> warnings) {
  private static final int SHOWN = 5;
  private static final double HALF = 0.5;

  TagResult result(
      List<String> datasets,
      double threshold,
      long faces,
      TagJob.Compared compared,
      TagResult.GalleryCount count,
      Instant start) {
    Dataset<Row> named =
        table
            .read()
            .where(col(TagsTable.GALLERY).equalTo(gallery))
            .where(col(TagsTable.VERDICT).equalTo(TagVerdict.NAMED.label()));
    Row totals =
        named
            .agg(
                count(lit(1)),
                count_if(coalesce(col(TagsTable.PROBABILITY).lt(HALF), lit(false))),
                count_distinct(col(TagsTable.PERSON)),
                count_distinct(struct(TagsTable.DATASET, TagsTable.URI)))
            .head();
    return new TagResult(
        gallery,
        datasets,
        threshold,
        faces,
        totals.getLong(0),
        totals.getLong(1),
        totals.getLong(2),
        totals.getLong(3),
        compared.withAll(),
        compared.newFaces(),
        count,
        largest(named),
        notes(count),
        Duration.between(start, Instant.now()).toMillis() / 1e3);
  }

  private static List<TagResult.Person> largest(Dataset<Row> named) {
    String faces = "faces";
    return named
        .groupBy(TagsTable.PERSON)
        .agg(
            count(lit(1)).as(faces),
            min_by(col(TagsTable.URI), struct(TagsTable.DISTANCE, TagsTable.FACE_ID)))
        .orderBy(desc(faces), col(TagsTable.PERSON))
        .limit(SHOWN)
        .collectAsList()
        .stream()
        .map(row -> new TagResult.Person(row.getString(0), row.getLong(1), row.getString(2)))
        .toList();
  }

  private List<String> notes(TagResult.GalleryCount count) {
    List<String> notes = new ArrayList<>(warnings);
    if (!count.missing().isEmpty()) {
      List<String> shown = count.missing().subList(0, Math.min(SHOWN, count.missing().size()));
      notes.add(
          "of these people of the gallery no photo counts, since none shows one face alone: "
              + String.join(", ", shown)
              + (shown.size() < count.missing().size() ? ", ..." : ""));
    }
    return notes;
  }
}
