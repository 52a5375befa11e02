package facelake.step.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.negate;

import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Images that are members of tar files. Listing reads the headers alone, one task a tar; reading
 * seeks to the members, each partition in a stretch of neighbouring ones.
 */
final class TarSource implements ImageSource {
  private final SparkSession spark;
  private final Inputs inputs;

  TarSource(SparkSession spark, Inputs inputs) {
    this.spark = spark;
    this.inputs = inputs;
  }

  @Override
  public Layout layout() {
    return Layout.TAR;
  }

  @Override
  public List<String> sources() {
    return inputs.sources();
  }

  @Override
  public Listing list() {
    try (Findings files = new FolderSearch(spark, inputs, Layout.TAR).findings();
        Listing tars = files.listing(col("rank"))) {
      tars.orRefuse(inputs.inWords(), Layout.TAR.wanted());
      try (Findings members = new Findings()) {
        members.store(Found.rows(spark, index(tars)));
        // A member that was appended later replaces the earlier one of its name, as tar has it.
        return members
            .listing(negate(col("image.offset")))
            .after(tars)
            .orRefuse(inputs.inWords(), Layout.FLAT.wanted());
      }
    }
  }

  private JavaRDD<Found> index(Listing tars) {
    Storage storage = inputs.storage();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<SourceImage> all =
        tars.images().collectAsList().stream()
            .map(SourceImage::of)
            .sorted(SourceImage.BY_PLACE)
            .toList();
    return context
        .parallelize(all, Math.min(all.size(), FolderSearch.tasks(context)))
        .flatMap(
            tar -> {
              TarIndex index = new TarIndex(storage, tar);
              TaskContext.get().addTaskCompletionListener(Closing.of(index));
              return index;
            });
  }

  @Override
  public JavaRDD<Fetched> read(List<SourceImage> chunk, int partitions) {
    return Fetching.rdd(spark, inputs.storage(), ByteBins.stretches(chunk, partitions));
  }
}
