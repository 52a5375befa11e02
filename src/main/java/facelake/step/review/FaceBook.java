package facelake.step.review;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import facelake.step.Thumbnails;
import facelake.step.source.SourceImage;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The faces and photos that the site shows: sections ask for them while they make rows, and all are
 * looked up at once.
 */
final class FaceBook {
  private static final StructType PHOTO =
      new StructType()
          .add(ImagesTable.SCHEMA.apply(ImagesTable.DATASET))
          .add(ImagesTable.SCHEMA.apply(ImagesTable.URI));

  private final SparkSession spark;
  private final Lake lake;
  private final Map<String, Map<String, Object>> faces = new TreeMap<>();
  private final Set<Row> photos = new HashSet<>();
  private final Map<List<String>, Thumbnails.Photo> pictures = new HashMap<>();

  FaceBook(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /** A face; {@link #lookUp} tells what is known of it. */
  Map<String, Object> face(String faceId) {
    return faces.computeIfAbsent(faceId, id -> Values.of("id", id));
  }

  /** Asks for the picture of a whole photo. */
  void photo(String dataset, String uri) {
    photos.add(RowFactory.create(dataset, uri));
  }

  /** Fills in all faces that were asked for; one that the lake has no more keeps its id alone. */
  void lookUp() {
    Dataset<Row> images =
        ImagesTable.open(spark, lake)
            .read()
            .select(ImagesTable.DATASET, ImagesTable.URI, ImagesTable.SOURCE, ImagesTable.IMAGE_ID);
    FacesTable.open(spark, lake)
        .readWhole()
        .join(broadcast(ids()), FacesTable.FACE_ID)
        .drop(FacesTable.IMAGE_ID)
        .join(images, new String[] {FacesTable.DATASET, FacesTable.URI})
        .select(
            FacesTable.FACE_ID,
            FacesTable.DATASET,
            FacesTable.IDENTITY,
            FacesTable.URI,
            ImagesTable.SOURCE,
            ImagesTable.IMAGE_ID,
            FacesTable.BOX)
        .collectAsList()
        .forEach(this::fill);
    images
        .join(
            broadcast(spark.createDataFrame(new ArrayList<>(photos), PHOTO)),
            new String[] {ImagesTable.DATASET, ImagesTable.URI})
        .where(col(ImagesTable.IMAGE_ID).isNotNull())
        .select(ImagesTable.URI, ImagesTable.SOURCE, ImagesTable.IMAGE_ID)
        .collectAsList()
        .forEach(
            row ->
                addCut(
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    Thumbnails.Cut.photo(row.getString(2))));
  }

  private Dataset<Row> ids() {
    return spark
        .createDataset(new ArrayList<>(faces.keySet()), Encoders.STRING())
        .toDF(FacesTable.FACE_ID);
  }

  private void fill(Row row) {
    String uri = row.getString(3);
    Map<String, Object> face = faces.get(row.getString(0));
    face.putAll(
        Values.of(
            "dataset", row.getString(1),
            "identity", row.getString(2),
            "uri", uri,
            "name", fileName(uri)));
    addCut(
        uri,
        row.getString(4),
        row.getString(5),
        Thumbnails.Cut.face(row.getString(0), row.getStruct(6)));
  }

  /** A photo that two datasets have is read once. */
  private void addCut(String uri, String source, String imageId, Thumbnails.Cut cut) {
    pictures
        .computeIfAbsent(
            List.of(uri, imageId),
            key -> new Thumbnails.Photo(uri, source, imageId, new ArrayList<>()))
        .cuts()
        .add(cut);
  }

  /** The pictures of all that was looked up. */
  Collection<Thumbnails.Photo> pictures() {
    return List.copyOf(pictures.values());
  }

  /** What a person calls the file of an image. */
  static String fileName(String uri) {
    String name = SourceImage.name(uri);
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
