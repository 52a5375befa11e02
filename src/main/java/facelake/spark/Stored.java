package facelake.spark;

import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Rows that a step puts down in a folder of its own, so that they are made once however often they
 * are read.
 */
public final class Stored {
  private Stored() {}

  /** Rows, as the folder has them from now on. */
  public static Dataset<Row> rows(Dataset<Row> rows, String folder) {
    rows.write().parquet(folder);
    return read(rows.sparkSession(), rows.schema(), folder);
  }

  /** The rows that a folder has, whatever characters its name is of. */
  public static Dataset<Row> read(SparkSession spark, StructType schema, String folder) {
    return spark.read().schema(schema).parquet(LiteralPath.of(new Path(folder)));
  }
}
