package facelake.step.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import facelake.step.EmbeddingColumn;
import facelake.table.FacesTable;
import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * A face with the identity that it is labelled with.
 *
 * @param number from 0, in order of dataset, identity, uri, size and face id: where a photo shows
 *     several people, its label most likely means the largest
 * @param photo a number for dataset and uri
 * @param key a number for dataset and identity
 * @param male probability, NaN without a label
 * @param misplaced whether a person said that the label is wrong, without saying what is right
 */
record IdentityFace(
    long number,
    String dataset,
    String identity,
    boolean labelled,
    boolean misplaced,
    String faceId,
    String uri,
    long photo,
    long key,
    double male,
    float[] embedding)
    implements Serializable {
  private static final String PHOTO = "photo";

  boolean isOf(IdentityFace other) {
    return dataset.equals(other.dataset) && identity.equals(other.identity);
  }

  /** The faces in order of their numbers, all of one identity in one partition. */
  static JavaRDD<IdentityFace> sorted(Dataset<Row> faces, int partitions) {
    return faces
        .select(
            col(FacesTable.DATASET),
            col(FacesTable.IDENTITY),
            col(PartRows.LABELLED),
            col(CleanIdentities.MISPLACED),
            col(FacesTable.FACE_ID),
            col(FacesTable.URI),
            xxhash64(col(FacesTable.DATASET), col(FacesTable.URI)).as(PHOTO),
            xxhash64(col(FacesTable.DATASET), col(FacesTable.IDENTITY)).as(PartRows.KEY),
            col(FacesTable.MALE_PROBABILITY),
            col(FacesTable.EMBEDDING),
            col(FacesTable.SIZE))
        .repartitionByRange(partitions, col(FacesTable.DATASET), col(FacesTable.IDENTITY))
        .sortWithinPartitions(
            col(FacesTable.DATASET),
            col(FacesTable.IDENTITY),
            col(FacesTable.URI),
            col(FacesTable.SIZE).desc(),
            col(FacesTable.FACE_ID))
        .javaRDD()
        .zipWithIndex()
        .map(IdentityFace::of);
  }

  private static IdentityFace of(Tuple2<Row, Long> numbered) {
    Row row = numbered._1();
    return new IdentityFace(
        numbered._2(),
        row.getString(0),
        row.getString(1),
        row.getBoolean(2),
        row.getBoolean(3),
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        row.getLong(7),
        row.isNullAt(8) ? Double.NaN : row.getFloat(8),
        EmbeddingColumn.floats(row, 9));
  }
}
