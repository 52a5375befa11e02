package facelake.step;

import static org.apache.spark.sql.functions.col;

import facelake.table.EmbeddingColumn;
import facelake.table.FacesTable;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Numbers faces in order of dataset, uri, detection score and face id, so that the number of a face
 * depends on nothing but the faces. Inside a photo the surest detection comes first, as dlib's
 * detectors hand them out: Chinese whispers then meets a photo's faces in the order of dlib's own
 * example. Reads one partition's faces, which arrive in that order.
 */
final class FaceNumbers implements Iterator<NumberedFace> {
  private final Iterator<Tuple2<Row, Long>> faces;
  private String dataset;
  private String uri;
  private long photo;

  private FaceNumbers(Iterator<Tuple2<Row, Long>> faces) {
    this.faces = faces;
  }

  /** The faces with their numbers, sorted, consecutive in each partition; sorts them now. */
  static JavaRDD<NumberedFace> number(Dataset<Row> faces, int partitions) {
    // By range of the photo, not of the face: all faces of a photo meet in one partition.
    return faces
        .select(
            FacesTable.DATASET,
            FacesTable.URI,
            FacesTable.FACE_ID,
            FacesTable.EMBEDDING,
            FacesTable.DETECTION_SCORE)
        .repartitionByRange(partitions, col(FacesTable.DATASET), col(FacesTable.URI))
        .sortWithinPartitions(
            col(FacesTable.DATASET),
            col(FacesTable.URI),
            col(FacesTable.DETECTION_SCORE).desc_nulls_last(),
            col(FacesTable.FACE_ID))
        .javaRDD()
        .zipWithIndex()
        .mapPartitions(FaceNumbers::new);
  }

  @Override
  public boolean hasNext() {
    return faces.hasNext();
  }

  @Override
  public NumberedFace next() {
    Tuple2<Row, Long> next = faces.next();
    Row face = next._1();
    long number = next._2();
    if (!face.getString(0).equals(dataset) || !face.getString(1).equals(uri)) {
      dataset = face.getString(0);
      uri = face.getString(1);
      photo = number;
    }
    return new NumberedFace(
        number, photo, dataset, uri, face.getString(2), EmbeddingColumn.floats(face, 3));
  }
}
