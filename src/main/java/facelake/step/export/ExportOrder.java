package facelake.step.export;

import facelake.step.source.SourceImage;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.PeopleTable;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/**
 * A picture to write.
 *
 * @param photo where the photo is
 * @param imageId sha256 of its bytes when it was indexed
 * @param classNumber the person's number, from 0
 * @param box left, top, right and bottom of the face, pixels of the upright photo
 * @param landmarks x and y by turns, pixels of the upright photo
 * @param stem the file's name without extension
 * @param path the file that holds it, below the target
 * @param member what it is called in that file; null where it is the file
 */
public record ExportOrder(
    SourceImage photo,
    String imageId,
    String faceId,
    String personId,
    long classNumber,
    String dataset,
    String identity,
    String gender,
    int[] box,
    int[] landmarks,
    String stem,
    String extension,
    String path,
    String member)
    implements Serializable {

  /** The order of a row of {@link ExportOrders}, without a place in the target. */
  static ExportOrder of(Row row) {
    Row box = row.getAs(FacesTable.BOX);
    return new ExportOrder(
        SourceImage.of(row.getAs(Standing.PLACE)),
        row.getAs(ImagesTable.IMAGE_ID),
        row.getAs(FacesTable.FACE_ID),
        row.getAs(PeopleTable.PERSON_ID),
        row.<Long>getAs(ExportOrders.CLASS),
        row.getAs(ImagesTable.DATASET),
        row.getAs(ImagesTable.IDENTITY),
        row.getAs(FacesTable.GENDER),
        new int[] {box.getInt(0), box.getInt(1), box.getInt(2), box.getInt(3)},
        points(row.getList(row.fieldIndex(FacesTable.LANDMARKS))),
        row.getAs(ExportOrders.STEM),
        row.getAs(ExportOrders.EXTENSION),
        null,
        null);
  }

  private static int[] points(List<Row> landmarks) {
    int[] xy = new int[2 * landmarks.size()];
    for (int i = 0; i < landmarks.size(); i++) {
      xy[2 * i] = landmarks.get(i).getInt(0);
      xy[2 * i + 1] = landmarks.get(i).getInt(1);
    }
    return xy;
  }

  /** This order as a file of its own, in the folder of its person. */
  ExportOrder asFile() {
    return at(personId + "/" + stem + extension, null);
  }

  /** This order as a member of a shard. */
  ExportOrder in(String shard) {
    return at(shard, key() + extension.toLowerCase(Locale.ROOT));
  }

  /** What picture and description in a shard are called, without extensions. */
  String key() {
    return personId + "-" + stem;
  }

  private ExportOrder at(String newPath, String newMember) {
    return new ExportOrder(
        photo,
        imageId,
        faceId,
        personId,
        classNumber,
        dataset,
        identity,
        gender,
        box,
        landmarks,
        stem,
        extension,
        newPath,
        newMember);
  }
}
