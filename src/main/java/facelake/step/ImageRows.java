package facelake.step;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import facelake.Sha256;
import facelake.dlib.Box;
import facelake.dlib.Landmarks;
import facelake.pipeline.Face;
import facelake.pipeline.ProcessedImage;
import facelake.step.source.SourceImage;
import facelake.table.FacesTable;
import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Processed images as rows: the columns of the table {@code images}, and beside them the image's
 * rows of the table {@code faces} as one array, so that both tables come from one computation.
 *
 * @param dataset the dataset of every row
 * @param pipeline the fingerprint of options and models
 * @param embedder name and first digits of the hash of the embedder
 * @param runId the run that writes
 * @param writtenAt when it writes
 */
public record ImageRows(
    String dataset, String pipeline, String embedder, String runId, Instant writtenAt)
    implements Serializable {
  private static final String FOUND = "found";

  /** The columns of {@link ImagesTable#SCHEMA} and an array of {@link FacesTable#SCHEMA}. */
  public static final StructType SCHEMA =
      ImagesTable.SCHEMA.add(FOUND, DataTypes.createArrayType(FacesTable.SCHEMA, false), false);

  /** Hex digits of a face id: 128 bits. */
  private static final int FACE_ID_LENGTH = 32;

  /** The rows of the table {@code images}. */
  public static Dataset<Row> images(Dataset<Row> rows) {
    return rows.drop(FOUND);
  }

  /** The rows of the table {@code faces}. */
  public static Dataset<Row> faces(Dataset<Row> rows) {
    String face = "face";
    Column[] columns =
        Stream.of(FacesTable.SCHEMA.fieldNames())
            .map(name -> col(face + "." + name).as(name))
            .toArray(Column[]::new);
    return rows.select(explode(col(FOUND)).as(face)).select(columns);
  }

  /** The row of one image. */
  Row row(ProcessedImage<SourceImage> image) {
    SourceImage source = image.key();
    ProcessedImage.PictureFacts picture = image.picture();
    Row[] found = image.faces().stream().map(face -> faceRow(image, face)).toArray(Row[]::new);
    return RowFactory.create(
        dataset,
        source.uri(),
        source.source(),
        source.version(),
        image.imageId(),
        source.identity(),
        image.bytes(),
        picture == null ? null : picture.width(),
        picture == null ? null : picture.height(),
        picture == null ? null : picture.format().label(),
        picture == null ? null : picture.orientation(),
        picture == null ? null : picture.perceptualHash(),
        status(image).label(),
        image.failure() == null ? null : image.failure().failureClass().label(),
        image.failure() == null ? null : image.failure().getMessage(),
        found.length,
        pipeline,
        runId,
        writtenAt,
        found);
  }

  private static ImageStatus status(ProcessedImage<?> image) {
    if (image.failure() != null) {
      return ImageStatus.FAILED;
    }
    return image.faces().isEmpty() ? ImageStatus.NO_FACE : ImageStatus.OK;
  }

  private Row faceRow(ProcessedImage<SourceImage> image, Face face) {
    Box box = face.box();
    return RowFactory.create(
        faceId(image, box),
        dataset,
        image.key().uri(),
        image.imageId(),
        image.key().identity(),
        image.picture().width(),
        image.picture().height(),
        RowFactory.create(box.left(), box.top(), box.right(), box.bottom()),
        face.boxSource().label(),
        face.detectionScore(),
        points(face.landmarks()),
        Math.min(box.width(), box.height()),
        face.sharpness(),
        RowFactory.create(face.pose().roll(), face.pose().yaw()),
        face.gender() == null ? null : face.gender().label().toString(),
        face.gender() == null ? null : face.gender().maleProbability(),
        embedder,
        pipeline,
        runId,
        face.embedding());
  }

  private static Row[] points(Landmarks landmarks) {
    return IntStream.range(0, landmarks.parts())
        .mapToObj(part -> RowFactory.create(landmarks.x(part), landmarks.y(part)))
        .toArray(Row[]::new);
  }

  /** The same face of the same picture at the same place keeps its id, whatever embeds it. */
  private String faceId(ProcessedImage<SourceImage> image, Box box) {
    String name =
        String.join(
            "\n",
            dataset,
            image.key().uri(),
            image.imageId(),
            box.left() + " " + box.top() + " " + box.right() + " " + box.bottom());
    return Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, FACE_ID_LENGTH);
  }
}
