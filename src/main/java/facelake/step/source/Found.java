package facelake.step.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * One thing that listing met; tasks hand back everything as such rows.
 *
 * @param rank the place of its input among the inputs
 * @param text the folder's URI, the reason for skipping, the warning or the refusal
 * @param image null except for {@link Kind#IMAGE}
 */
record Found(Kind kind, int rank, String text, SourceImage image) implements Serializable {

  /** What was met. */
  enum Kind {
    IMAGE,
    /** A folder that is still to be listed. */
    FOLDER,
    SKIPPED,
    WARNING,
    /** Something that the user must mend before anything can run. */
    REFUSED;

    Dataset<Row> of(Dataset<Row> found) {
      return found.filter(col("kind").equalTo(name()));
    }
  }

  static final StructType SCHEMA =
      new StructType()
          .add("kind", StringType, false)
          .add("rank", IntegerType, false)
          .add("text", StringType, true)
          .add("image", SourceImage.SCHEMA, true);

  static Found image(int rank, SourceImage image) {
    return new Found(Kind.IMAGE, rank, null, image);
  }

  static Found folder(int rank, String uri) {
    return new Found(Kind.FOLDER, rank, uri, null);
  }

  static Found skipped(int rank, String reason) {
    return new Found(Kind.SKIPPED, rank, reason, null);
  }

  static Found warning(int rank, String sentence) {
    return new Found(Kind.WARNING, rank, sentence, null);
  }

  static Found refused(int rank, String sentence) {
    return new Found(Kind.REFUSED, rank, sentence, null);
  }

  static Dataset<Row> rows(SparkSession spark, JavaRDD<Found> found) {
    return spark.createDataFrame(found.map(Found::row), SCHEMA);
  }

  private Row row() {
    return RowFactory.create(kind.name(), rank, text, image == null ? null : image.row());
  }
}
