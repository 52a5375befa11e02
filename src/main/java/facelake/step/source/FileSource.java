package facelake.step.source;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/** Images that are files. */
final class FileSource implements ImageSource {
  private final SparkSession spark;
  private final Inputs inputs;
  private final Layout layout;

  FileSource(SparkSession spark, Inputs inputs, Layout layout) {
    this.spark = spark;
    this.inputs = inputs;
    this.layout = layout;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public List<String> sources() {
    return inputs.sources();
  }

  @Override
  public Listing list() {
    try (Findings findings = new FolderSearch(spark, inputs, layout).findings()) {
      return findings.listing(col("rank")).orRefuse(inputs.inWords(), layout.wanted());
    }
  }

  @Override
  public JavaRDD<Fetched> read(List<SourceImage> chunk, int partitions) {
    return Fetching.rdd(spark, inputs.storage(), ByteBins.spread(chunk, partitions));
  }
}
