package facelake.step.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import facelake.table.EmbeddingColumn;
import facelake.table.FacesTable;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A face with the identity that it is labelled with.
 *
 * @param photo a number for dataset and uri
 * @param key a number for dataset and identity
 * @param fingerprint of the identity, see {@link IdentityList#FINGERPRINT}
 * @param male probability, NaN without a label
 * @param misplaced whether a person said that the label is wrong, without saying what is right
 * @param apart faces that are other people, as a person said
 */
record IdentityFace(
    String dataset,
    String identity,
    boolean labelled,
    boolean misplaced,
    String faceId,
    String uri,
    long photo,
    long key,
    long fingerprint,
    List<String> apart,
    double male,
    float[] embedding)
    implements Serializable {
  private static final String PHOTO = "photo";

  boolean isOf(IdentityFace other) {
    return dataset.equals(other.dataset) && identity.equals(other.identity);
  }

  /**
   * The faces, all of one identity one after the other in one partition, in order of uri, size and
   * face id: where a photo shows several people, its label most likely means the largest.
   *
   * @param faces rows of {@link LabelledFaces#of}
   */
  static JavaRDD<IdentityFace> sorted(Dataset<Row> faces, int partitions) {
    return faces
        .select(
            col(FacesTable.DATASET),
            col(FacesTable.IDENTITY),
            col(PartRows.LABELLED),
            col(LabelledFaces.MISPLACED),
            col(FacesTable.FACE_ID),
            col(FacesTable.URI),
            xxhash64(col(FacesTable.DATASET), col(FacesTable.URI)).as(PHOTO),
            col(IdentityList.KEY),
            col(IdentityList.FINGERPRINT),
            col(FacesTable.MALE_PROBABILITY),
            col(FacesTable.EMBEDDING),
            col(FacesTable.SIZE),
            col(LabelledFaces.APART))
        .repartition(partitions, col(IdentityList.KEY))
        .sortWithinPartitions(
            col(FacesTable.DATASET),
            col(FacesTable.IDENTITY),
            col(FacesTable.URI),
            col(FacesTable.SIZE).desc(),
            col(FacesTable.FACE_ID))
        .javaRDD()
        .map(IdentityFace::of);
  }

  private static IdentityFace of(Row row) {
    return new IdentityFace(
        row.getString(0),
        row.getString(1),
        row.getBoolean(2),
        row.getBoolean(3),
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.isNullAt(12) ? List.of() : row.getList(12),
        row.isNullAt(9) ? Double.NaN : row.getFloat(9),
        EmbeddingColumn.floats(row, 10));
  }
}
