package facelake.step.review;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import facelake.table.CopyKind;
import facelake.table.DuplicatesTable;
import facelake.table.Lake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/** Photos that are there more than once, those under two names in one dataset first. */
final class DuplicatesSection {
  private static final Section.Title TITLE = new Section.Title("duplicates", "duplicate photos");

  /** Copies of a photo that are shown. */
  private static final int SHOWN = 12;

  private static final String COPIES = "copies";
  private static final String NEAR = "any_near";
  private static final String NUMBER = "shown_number";

  private final SparkSession spark;
  private final Lake lake;
  private final FaceBook book;

  DuplicatesSection(SparkSession spark, Lake lake, FaceBook book) {
    this.spark = spark;
    this.lake = lake;
    this.book = book;
  }

  /**
   * The section.
   *
   * @param most photos that are shown
   */
  Section section(int most) {
    if (!lake.tables(spark.sparkContext().hadoopConfiguration()).contains(DuplicatesTable.NAME)) {
      return Section.missing(TITLE, "jobs/facelake dedupe --lake " + lake.root());
    }
    Dataset<Row> all = DuplicatesTable.open(spark, lake).read();
    long total = all.where(col(DuplicatesTable.KEEP)).count();
    Dataset<Row> chosen =
        all.groupBy(DuplicatesTable.DUPLICATE_ID)
            .agg(
                first(DuplicatesTable.CONFLICT).as(DuplicatesTable.CONFLICT),
                count(lit(1)).as(COPIES),
                bool_or(col(DuplicatesTable.KIND).equalTo(CopyKind.NEAR.label())).as(NEAR))
            .orderBy(
                desc(DuplicatesTable.CONFLICT), desc(COPIES), col(DuplicatesTable.DUPLICATE_ID))
            .limit(most)
            .select(DuplicatesTable.DUPLICATE_ID, COPIES, NEAR);
    Map<String, List<Row>> photos = new LinkedHashMap<>();
    all.join(broadcast(chosen), DuplicatesTable.DUPLICATE_ID)
        .withColumn(
            NUMBER,
            row_number()
                .over(
                    Window.partitionBy(DuplicatesTable.DUPLICATE_ID)
                        .orderBy(
                            desc(DuplicatesTable.KEEP),
                            col(DuplicatesTable.DATASET),
                            col(DuplicatesTable.URI))))
        .where(col(NUMBER).leq(SHOWN))
        .orderBy(
            desc(DuplicatesTable.CONFLICT),
            desc(COPIES),
            col(DuplicatesTable.DUPLICATE_ID),
            col(NUMBER))
        .collectAsList()
        .forEach(
            row ->
                photos
                    .computeIfAbsent(
                        row.getAs(DuplicatesTable.DUPLICATE_ID), id -> new ArrayList<>())
                    .add(row));
    return Section.of(TITLE, photos.values().stream().map(this::row).toList(), total, null);
  }

  private Map<String, Object> row(List<Row> copies) {
    Row kept = copies.get(0);
    long all = kept.<Long>getAs(COPIES);
    return Values.of(
        "id", kept.getAs(DuplicatesTable.DUPLICATE_ID),
        "conflict", kept.getAs(DuplicatesTable.CONFLICT),
        "kind", (kept.<Boolean>getAs(NEAR) ? CopyKind.NEAR : CopyKind.EXACT).label(),
        "datasets", kept.getList(kept.fieldIndex(DuplicatesTable.DATASETS)),
        "identities", kept.getList(kept.fieldIndex(DuplicatesTable.IDENTITIES)),
        "copies", copies.stream().map(this::copy).toList(),
        "note", all > copies.size() ? "%,d of %,d copies.".formatted(copies.size(), all) : null);
  }

  private Map<String, Object> copy(Row copy) {
    String dataset = copy.getAs(DuplicatesTable.DATASET);
    String uri = copy.getAs(DuplicatesTable.URI);
    book.photo(dataset, uri);
    return Values.of(
        "kind", copy.getAs(DuplicatesTable.KIND),
        "dataset", dataset,
        "identity", copy.getAs(DuplicatesTable.IDENTITY),
        "uri", uri,
        "name", FaceBook.fileName(uri),
        "image", copy.getAs(DuplicatesTable.IMAGE_ID),
        "width", copy.getAs(DuplicatesTable.WIDTH),
        "height", copy.getAs(DuplicatesTable.HEIGHT),
        "bytes", copy.getAs(DuplicatesTable.BYTES),
        "bits", copy.getAs(DuplicatesTable.BITS),
        "distance", copy.getAs(DuplicatesTable.DISTANCE));
  }
}
