package facelake.step;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import facelake.match.EmbeddingBlock;
import facelake.spark.Stored;
import facelake.table.EmbeddingColumn;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Images of different bytes, numbered from the one that is best to keep: most pixels, then most
 * bytes, then the oldest row, then dataset and uri.
 */
final class DistinctPhotos {
  static final String NUMBER = Components.NUMBER;
  static final String HASH = NearHashes.HASH;
  static final String FACES = "faces";

  /** The image's number, sha256, perceptual hash, and the row in which most faces were found. */
  private static final StructType SCHEMA =
      new StructType()
          .add(NUMBER, DataTypes.LongType, false)
          .add(ImagesTable.IMAGE_ID, DataTypes.StringType, false)
          .add(HASH, DataTypes.LongType, false)
          .add(ImagesTable.DATASET, DataTypes.StringType, false)
          .add(ImagesTable.URI, DataTypes.StringType, false)
          .add(ImagesTable.RUN_ID, DataTypes.StringType, false);

  private static final String BEST = "best";
  private static final String SHOWN = "shown";

  private DistinctPhotos() {}

  /**
   * Writes the photos to a folder and reads them from there, rows of {@link #SCHEMA}.
   *
   * @param images rows of {@link ImagesTable} with an image id
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  static Dataset<Row> of(Dataset<Row> images, String folder) {
    JavaRDD<Row> numbered =
        images
            .groupBy(ImagesTable.IMAGE_ID)
            .agg(
                min(rank()).as(BEST),
                min(ImagesTable.PERCEPTUAL_HASH).as(HASH),
                min(mostFaces()).as(SHOWN))
            .select(
                col(BEST),
                col(ImagesTable.IMAGE_ID),
                col(HASH),
                col(SHOWN + "." + ImagesTable.DATASET),
                col(SHOWN + "." + ImagesTable.URI),
                col(SHOWN + "." + ImagesTable.RUN_ID))
            .orderBy(BEST)
            .javaRDD()
            .zipWithIndex()
            .map(DistinctPhotos::numbered);
    return Stored.rows(images.sparkSession().createDataFrame(numbered, SCHEMA), folder);
  }

  private static Row numbered(Tuple2<Row, Long> photo) {
    Row row = photo._1();
    return RowFactory.create(
        photo._2(), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5));
  }

  /**
   * Number, image id, hash and the embeddings of the faces of some photos, null without any.
   *
   * @param photos rows of {@link #of}
   * @param faces rows of {@link FacesTable}, those of other runs than their images' are left out
   */
  static Dataset<Row> withFaces(Dataset<Row> photos, Dataset<Row> faces) {
    String[] image = {FacesTable.DATASET, FacesTable.URI, FacesTable.RUN_ID};
    Dataset<Row> shown =
        photos.select(NUMBER, FacesTable.DATASET, FacesTable.URI, FacesTable.RUN_ID);
    Dataset<Row> embeddings =
        faces
            .select(FacesTable.DATASET, FacesTable.URI, FacesTable.RUN_ID, FacesTable.EMBEDDING)
            .join(EmbeddingColumn.wanted(shown, photos.count()), image)
            .groupBy(NUMBER)
            .agg(collect_list(FacesTable.EMBEDDING).as(FACES));
    return photos
        .select(NUMBER, ImagesTable.IMAGE_ID, HASH)
        .join(embeddings, new String[] {NUMBER}, "left_outer");
  }

  /** Sorts the rows of {@link ImagesTable}, the best to keep first. */
  static Column rank() {
    Column pixels =
        col(ImagesTable.WIDTH).cast(DataTypes.LongType).multiply(col(ImagesTable.HEIGHT));
    return struct(
        coalesce(pixels, lit(0L)).multiply(-1).as("pixels"),
        coalesce(col(ImagesTable.BYTES), lit(0L)).multiply(-1).as("bytes"),
        col(ImagesTable.PROCESSED_AT),
        col(ImagesTable.DATASET),
        col(ImagesTable.URI));
  }

  /** The faces of a photo in column {@link #FACES}. */
  static EmbeddingBlock faces(Row photo, int column) {
    List<scala.collection.Seq<Float>> faces =
        photo.isNullAt(column) ? List.of() : photo.getList(column);
    float[] values = new float[faces.size() * FacesTable.EMBEDDING_LENGTH];
    int at = 0;
    for (scala.collection.Seq<Float> face : faces) {
      for (int i = 0; i < FacesTable.EMBEDDING_LENGTH; i++) {
        values[at++] = face.apply(i);
      }
    }
    return new EmbeddingBlock(values, FacesTable.EMBEDDING_LENGTH);
  }

  /**
   * Of equal images that were indexed in different ways, the one in which most faces were found.
   */
  private static Column mostFaces() {
    return struct(
        col(ImagesTable.FACES).multiply(-1).as(FACES),
        col(ImagesTable.DATASET),
        col(ImagesTable.URI),
        col(ImagesTable.RUN_ID));
  }
}
