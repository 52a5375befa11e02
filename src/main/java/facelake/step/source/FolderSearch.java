package facelake.step.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Lists folders by Spark tasks. The first levels are listed one by one, until there are enough
 * folders to keep every task slot busy; from there each task goes down to the bottom. Only folders
 * come back to the driver between levels, never files.
 */
final class FolderSearch {
  /** Enough tasks a slot that a large folder in one of them is no long tail. */
  private static final int TASKS_A_SLOT = 8;

  /** Deeper trees without width are walked to the bottom by few tasks. */
  private static final int LEVELS = 4;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Inputs inputs;
  private final Layout layout;
  private final int tasks;

  FolderSearch(SparkSession spark, Inputs inputs, Layout layout) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.inputs = inputs;
    this.layout = layout;
    this.tasks = tasks(context);
  }

  /** How many tasks to spread independent pieces of work over. */
  static int tasks(JavaSparkContext context) {
    return TASKS_A_SLOT * context.defaultParallelism();
  }

  /** Everything below the inputs; the caller closes it. */
  Findings findings() {
    Findings findings = new Findings();
    if (!inputs.files().isEmpty()) {
      findings.store(Found.rows(spark, context.parallelize(named(), 1)));
    }
    List<Folder> folders = inputs.folders();
    for (int level = 1; !folders.isEmpty(); level++) {
      boolean bottom = level > LEVELS || folders.size() >= tasks;
      JavaRDD<Found> walked = walk(folders, bottom);
      folders = findings.store(Found.rows(spark, walked)).folders();
    }
    return findings;
  }

  private JavaRDD<Found> walk(List<Folder> folders, boolean bottom) {
    Storage storage = inputs.storage();
    Layout wanted = layout;
    List<Inputs.Input> all = inputs.all();
    JavaRDD<Folder> spread = context.parallelize(folders, Math.min(tasks, folders.size()));
    return bottom
        ? spread.mapPartitions(some -> FolderWalk.deep(storage, wanted, all, some))
        : spread.mapPartitions(some -> FolderWalk.shallow(storage, wanted, all, some));
  }

  private List<Found> named() {
    List<Found> found = new ArrayList<>();
    for (Inputs.Named file : inputs.files()) {
      String source = inputs.all().get(file.rank()).source();
      String identity = layout.identity(file.entry().path().getParent(), "");
      found.add(Found.image(file.rank(), file.entry().image(source, identity)));
    }
    return found;
  }
}
