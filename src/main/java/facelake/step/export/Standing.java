package facelake.step.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import facelake.Sha256;
import facelake.spark.Stored;
import facelake.step.source.Chunks;
import facelake.step.source.Fetched;
import facelake.step.source.IndexedSources;
import facelake.step.source.SourceImage;
import facelake.table.ImagesTable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Which photos are still where they were indexed, with the content that they had. One whose time
 * and length are as they were counts as unchanged; any other is read and its hash compared.
 */
public final class Standing {
  /** Where the photo is now: a struct of {@link SourceImage#SCHEMA}; null where it is not. */
  static final String PLACE = "place";

  /** Why the photo cannot be read; null where it can. */
  static final String LOST = "lost";

  /** Whether the photo has another content than it had. */
  static final String CHANGED = "changed";

  private static final String VERSION = "version";
  private static final String CONTENT = "content";
  private static final String FAILURE = "failure";
  private static final String[] KEY = {ImagesTable.SOURCE, ImagesTable.URI};

  private static final StructType READ =
      new StructType()
          .add(ImagesTable.SCHEMA.apply(ImagesTable.SOURCE))
          .add(ImagesTable.SCHEMA.apply(ImagesTable.URI))
          .add(CONTENT, DataTypes.StringType, true)
          .add(FAILURE, DataTypes.StringType, true);

  private final SparkSession spark;
  private final IndexedSources sources;
  private final int chunkImages;
  private final String folder;

  /**
   * Looks into sources.
   *
   * @param chunkImages photos that the driver knows at a time, 1 or more
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  public Standing(SparkSession spark, IndexedSources sources, int chunkImages, String folder) {
    this.spark = spark;
    this.sources = sources;
    this.chunkImages = chunkImages;
    this.folder = folder;
  }

  /**
   * The photos with {@link #PLACE}, {@link #LOST} and {@link #CHANGED}.
   *
   * @param photos source, uri, source_version and image_id of {@link ImagesTable}, and others
   */
  Dataset<Row> marked(Dataset<Row> photos) {
    Dataset<Row> there =
        sources
            .images()
            .select(struct(col("*")).as(PLACE))
            .withColumn(ImagesTable.SOURCE, col(PLACE).getField(ImagesTable.SOURCE))
            .withColumn(ImagesTable.URI, col(PLACE).getField(ImagesTable.URI));
    Dataset<Row> placed = photos.join(there, KEY, "left_outer");
    Dataset<Row> doubtful =
        placed
            .where(col(PLACE).getField(VERSION).notEqual(col(ImagesTable.SOURCE_VERSION)))
            .select(col(PLACE + ".*"))
            .distinct();
    return placed
        .join(read(doubtful), KEY, "left_outer")
        .withColumn(LOST, when(col(PLACE).isNull(), gone()).otherwise(col(FAILURE)))
        .withColumn(
            CHANGED, col(CONTENT).isNotNull().and(col(CONTENT).notEqual(col(ImagesTable.IMAGE_ID))))
        .drop(CONTENT, FAILURE);
  }

  private Column gone() {
    Column why = concat(lit("is no longer in "), col(ImagesTable.SOURCE));
    for (Map.Entry<String, String> lost : sources.lost().entrySet()) {
      why =
          when(col(ImagesTable.SOURCE).equalTo(lost.getKey()), lit(lost.getValue())).otherwise(why);
    }
    return why;
  }

  private Dataset<Row> read(Dataset<Row> doubtful) {
    int partitions = spark.sparkContext().defaultParallelism();
    try (Chunks chunks = Chunks.of(doubtful, chunkImages)) {
      if (chunks.images() == 0) {
        return spark.createDataFrame(List.of(), READ);
      }
      while (chunks.hasNext()) {
        spark
            .createDataFrame(sources.read(chunks.next(), partitions).map(Standing::row), READ)
            .write()
            .mode("append")
            .parquet(folder);
      }
    }
    return Stored.read(spark, READ, folder);
  }

  private static Row row(Fetched photo) {
    SourceImage image = photo.image();
    return photo.failure() == null
        ? RowFactory.create(image.source(), image.uri(), Sha256.hex(photo.bytes()), null)
        : RowFactory.create(
            image.source(), image.uri(), null, "cannot be read: " + photo.failure().getMessage());
  }
}
