package facelake.step;

import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** Rows of the table images, whose run is that of {@link PlantedFaces}. */
final class PlantedImages {
  static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

  private final List<Row> rows = new ArrayList<>();

  /**
   * Adds an image without a face, 100 x 80 pixels of 1,000 bytes.
   *
   * @param changes names of columns and their values, by turns
   */
  PlantedImages image(String dataset, String uri, String imageId, Long hash, Object... changes) {
    Map<String, Object> values = new HashMap<>();
    values.put(ImagesTable.DATASET, dataset);
    values.put(ImagesTable.URI, uri);
    values.put(ImagesTable.SOURCE, "file:/");
    values.put(ImagesTable.SOURCE_VERSION, "1");
    values.put(ImagesTable.IMAGE_ID, imageId);
    values.put(ImagesTable.PERCEPTUAL_HASH, hash);
    values.put(ImagesTable.BYTES, 1000L);
    values.put(ImagesTable.WIDTH, 100);
    values.put(ImagesTable.HEIGHT, 80);
    values.put(ImagesTable.STATUS, ImageStatus.NO_FACE.label());
    values.put(ImagesTable.FACES, 0);
    values.put(ImagesTable.PIPELINE, "pipeline");
    values.put(ImagesTable.RUN_ID, "run");
    values.put(ImagesTable.PROCESSED_AT, NOON);
    for (int i = 0; i < changes.length; i += 2) {
      values.put((String) changes[i], changes[i + 1]);
    }
    rows.add(
        RowFactory.create(
            Arrays.stream(ImagesTable.SCHEMA.fields())
                .map(StructField::name)
                .map(values::get)
                .toArray()));
    return this;
  }

  /** The rows in an order and partitions of their own. */
  Dataset<Row> images(SparkSession spark, int partitions, long order) {
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(order));
    return spark.createDataFrame(shuffled, ImagesTable.SCHEMA).repartition(partitions);
  }
}
