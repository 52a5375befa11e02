package facelake.step.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import facelake.table.DuplicatesTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Which parts have copies of the same photos. */
public final class SharedPhotos {
  /** Photos of one side of which the other has a copy. */
  public static final String SHARED = "shared";

  /**
   * Whether one of these copies is exact and shows one face: both parts then are that face. False
   * where one dataset has the photo under two identities: one of these labels is wrong.
   */
  public static final String COPY = "copy";

  private static final String FACES_THERE = "faces_there";
  private static final String FACE = "face";
  private static final String OTHER = "other_";

  private SharedPhotos() {}

  /**
   * Pairs of parts, with columns a and b as in {@link ScoredPairs}, {@link #SHARED} and {@link
   * #COPY}.
   *
   * @param duplicates rows of {@link DuplicatesTable}
   * @param parts rows of {@link PartRows}
   */
  public static Dataset<Row> of(Dataset<Row> duplicates, Dataset<Row> parts) {
    Dataset<Row> faces =
        parts
            .select(
                col(PartRows.NUMBER),
                col(PartRows.DATASET),
                col(PartRows.PART),
                explode(col(PartRows.FACES)).as(FACE))
            .select(
                col(PartRows.NUMBER),
                col(PartRows.DATASET),
                col(PartRows.PART),
                col(FACE + "." + PartRows.URI).as(PartRows.URI));
    Dataset<Row> photos =
        duplicates
            .select(
                DuplicatesTable.DUPLICATE_ID,
                DuplicatesTable.DATASET,
                DuplicatesTable.URI,
                DuplicatesTable.IMAGE_ID,
                DuplicatesTable.CONFLICT)
            .join(faces, new String[] {DuplicatesTable.DATASET, DuplicatesTable.URI})
            .withColumn(
                FACES_THERE,
                count(lit(1))
                    .over(Window.partitionBy(DuplicatesTable.DATASET, DuplicatesTable.URI)));
    // Of a photo with several faces, only the people that it is labelled with are known to be
    // there.
    Dataset<Row> known =
        photos.where(col(FACES_THERE).equalTo(1).or(col(PartRows.PART).equalTo(0)));
    return pairs(known);
  }

  private static Dataset<Row> pairs(Dataset<Row> photos) {
    Dataset<Row> others =
        photos.select(
            col(DuplicatesTable.DUPLICATE_ID),
            col(PartRows.NUMBER).as(OTHER + PartRows.NUMBER),
            col(DuplicatesTable.IMAGE_ID).as(OTHER + DuplicatesTable.IMAGE_ID),
            col(FACES_THERE).as(OTHER + FACES_THERE));
    Column exact =
        col(DuplicatesTable.IMAGE_ID)
            .equalTo(col(OTHER + DuplicatesTable.IMAGE_ID))
            .and(col(FACES_THERE).equalTo(1))
            .and(col(OTHER + FACES_THERE).equalTo(1))
            .and(col(DuplicatesTable.CONFLICT).equalTo(false));
    return photos
        .join(others, DuplicatesTable.DUPLICATE_ID)
        .where(col(PartRows.NUMBER).lt(col(OTHER + PartRows.NUMBER)))
        .groupBy(
            col(PartRows.NUMBER).as(ScoredPairs.A), col(OTHER + PartRows.NUMBER).as(ScoredPairs.B))
        .agg(
            countDistinct(DuplicatesTable.DUPLICATE_ID).cast("int").as(SHARED),
            max(exact).as(COPY));
  }
}
