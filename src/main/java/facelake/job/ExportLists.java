package facelake.job;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import facelake.eval.Csv;
import facelake.step.export.ExportOrders;
import facelake.step.export.ExportPlan;
import facelake.step.export.PhotoOutcome;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.PeopleTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What an export lists: {@code lineage.csv} and {@code manifest.csv}, and its totals. */
final class ExportLists {
  static final String LINEAGE = "lineage.csv";
  static final String MANIFEST = "manifest.csv";

  private static final String PATH = "path";
  private static final String MEMBER = "member";
  private static final String LENGTH = "length";
  private static final String LATE = "late";
  private static final String WHY = "why";
  private static final String FILE = "file";
  private static final String RANK = "rank";

  private final ExportTarget target;
  private final Dataset<Row> orders;
  private final Dataset<Row> written;
  private final Dataset<Row> outcomes;

  /**
   * The lists of an export.
   *
   * @param plan rows of {@link ExportPlan}
   * @param orders rows of {@link ExportOrders}
   * @param pictures rows of {@link facelake.step.export.ExportedPicture#SCHEMA}
   */
  ExportLists(ExportTarget target, Dataset<Row> plan, Dataset<Row> orders, Dataset<Row> pictures) {
    this.target = target;
    this.orders = orders;
    this.written = pictures.toDF(FacesTable.FACE_ID, PATH, MEMBER, LENGTH, LATE, WHY);
    this.outcomes =
        withFile(plan)
            .withColumn(ExportPlan.OUTCOME, coalesce(col(LATE), col(ExportPlan.OUTCOME)))
            .withColumn(ExportPlan.REASON, coalesce(col(WHY), col(ExportPlan.REASON)));
  }

  /** The rows with the file that they have in the target: null, or {@code shard.tar#name}. */
  private Dataset<Row> withFile(Dataset<Row> rows) {
    Column inShard = when(col(MEMBER).isNull(), lit("")).otherwise(concat(lit("#"), col(MEMBER)));
    return rows.join(written, new String[] {FacesTable.FACE_ID}, "left_outer")
        .withColumn(FILE, when(col(LATE).isNull(), concat(col(PATH), inShard)));
  }

  void write() {
    write(
        LINEAGE,
        outcomes,
        List.of(
            ImagesTable.DATASET,
            ImagesTable.URI,
            ImagesTable.IDENTITY,
            PeopleTable.PERSON_ID,
            ExportPlan.OUTCOME,
            ExportPlan.REASON,
            FILE),
        col(ImagesTable.DATASET),
        col(ImagesTable.URI),
        col(PeopleTable.PERSON_ID),
        col(FacesTable.FACE_ID));
    write(
        MANIFEST,
        manifest(),
        List.of(
            FILE,
            PeopleTable.PERSON_ID,
            ExportOrders.CLASS,
            ImagesTable.DATASET,
            ImagesTable.IDENTITY,
            ImagesTable.URI,
            FacesTable.FACE_ID,
            FacesTable.LEFT,
            FacesTable.TOP,
            FacesTable.RIGHT,
            FacesTable.BOTTOM,
            FacesTable.LANDMARKS,
            FacesTable.GENDER),
        col(PeopleTable.PERSON_ID),
        col(ImagesTable.DATASET),
        col(ImagesTable.URI),
        col(FacesTable.FACE_ID));
  }

  /** One row a picture that is there; in a list alone, a picture that could be. */
  private Dataset<Row> manifest() {
    Column points =
        flatten(
            transform(
                col(FacesTable.LANDMARKS),
                point -> array(point.getField(FacesTable.X), point.getField(FacesTable.Y))));
    return withFile(orders)
        .where(col(LATE).isNull())
        .withColumn(FacesTable.LEFT, side(FacesTable.LEFT))
        .withColumn(FacesTable.TOP, side(FacesTable.TOP))
        .withColumn(FacesTable.RIGHT, side(FacesTable.RIGHT))
        .withColumn(FacesTable.BOTTOM, side(FacesTable.BOTTOM))
        .withColumn(FacesTable.LANDMARKS, concat_ws(" ", points.cast("array<string>")));
  }

  private static Column side(String name) {
    return col(FacesTable.BOX).getField(name);
  }

  private void write(String file, Dataset<Row> rows, List<String> columns, Column... order) {
    Iterator<Row> sorted =
        ExportOrders.inOrder(rows, rows.count(), order)
            .select(columns.stream().map(name -> col(name)).toArray(Column[]::new))
            .toLocalIterator();
    target.text(
        file,
        out -> {
          Csv.write(out, columns.toArray());
          while (sorted.hasNext()) {
            Row row = sorted.next();
            Csv.write(out, IntStream.range(0, row.length()).mapToObj(row::get).toArray());
          }
        });
  }

  /** The totals. */
  ExportResult result(
      List<String> datasets, ExportWriter writer, List<String> unread, Instant start) {
    SortedMap<PhotoOutcome, Long> photos = photosByOutcome();
    Row exported =
        outcomes
            .where(ExportPlan.isExported())
            .agg(count(lit(1)), count_distinct(col(PeopleTable.PERSON_ID)))
            .head();
    return new ExportResult(
        datasets,
        target.uri(),
        photos.values().stream().mapToLong(Long::longValue).sum(),
        photos,
        exported.getLong(1),
        exported.getLong(0),
        writer.files(),
        writer.unchanged(),
        unread,
        Duration.between(start, Instant.now()).toMillis() / 1e3);
  }

  private SortedMap<PhotoOutcome, Long> photosByOutcome() {
    Column rank = lit(PhotoOutcome.values().length);
    for (PhotoOutcome outcome : PhotoOutcome.values()) {
      rank =
          when(col(ExportPlan.OUTCOME).equalTo(outcome.label()), lit(outcome.ordinal()))
              .otherwise(rank);
    }
    SortedMap<PhotoOutcome, Long> photos = new TreeMap<>();
    outcomes
        .groupBy(ImagesTable.DATASET, ImagesTable.URI)
        .agg(min(rank).as(RANK))
        .groupBy(RANK)
        .count()
        .collectAsList()
        .forEach(row -> photos.put(PhotoOutcome.values()[row.getInt(0)], row.getLong(1)));
    return photos;
  }
}
