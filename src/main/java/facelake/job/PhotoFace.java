package facelake.job;

import facelake.table.FacesTable;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A face among those of its photo.
 *
 * @param offCentre grows with the distance of the box from the centre of the photo
 */
record PhotoFace(
    String dataset, String uri, String identity, String faceId, int size, long offCentre) {
  private static final Comparator<PhotoFace> MOST_CENTRAL =
      Comparator.comparingLong(PhotoFace::offCentre).thenComparing(PhotoFace::faceId);

  /** The columns of the table faces that {@link #of} wants, in order. */
  static Column[] columns() {
    return List.of(
            FacesTable.DATASET,
            FacesTable.URI,
            FacesTable.IDENTITY,
            FacesTable.FACE_ID,
            FacesTable.SIZE,
            FacesTable.BOX,
            FacesTable.IMAGE_WIDTH,
            FacesTable.IMAGE_HEIGHT)
        .stream()
        .map(functions::col)
        .toArray(Column[]::new);
  }

  /** The face of a row of these columns. */
  static PhotoFace of(Row row) {
    Row box = row.getStruct(5);
    long x = box.<Integer>getAs(FacesTable.LEFT) + box.<Integer>getAs(FacesTable.RIGHT) + 1;
    long y = box.<Integer>getAs(FacesTable.TOP) + box.<Integer>getAs(FacesTable.BOTTOM) + 1;
    return new PhotoFace(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getInt(4),
        square(x - row.getInt(6)) + square(y - row.getInt(7)));
  }

  private static long square(long value) {
    return value * value;
  }

  /** The face that a photo's identity is of; null where the most central is not the largest. */
  static PhotoFace main(List<PhotoFace> ofOnePhoto) {
    PhotoFace central = ofOnePhoto.stream().min(MOST_CENTRAL).orElse(null);
    int largest = ofOnePhoto.stream().mapToInt(PhotoFace::size).max().orElse(0);
    return central != null && central.size() == largest ? central : null;
  }
}
