package facelake.step.cells;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import facelake.match.Cells;
import facelake.match.EmbeddingBlock;
import facelake.match.PairScan;
import facelake.spark.Iterators;
import facelake.spark.Phases;
import facelake.spark.Stored;
import facelake.spark.TaskScope;
import facelake.table.EmbeddingColumn;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Most pairs of embeddings of which one is inside the other's radius, found by comparing an
 * embedding only with those in the cells nearest to it, see {@link Cells}.
 *
 * <p>What lies in the cells of one group is broadcast, and all others stream by; then those of the
 * next group. Memory does not grow with the number of embeddings.
 */
public final class CellPairs {
  public static final String NUMBER = "number";
  public static final String APART = "apart";
  public static final String RADIUS = "radius";
  public static final String EMBEDDING = "embedding";

  /**
   * What is compared: its number, a value that no two of a pair have in common, the radius inside
   * which others are near, the embedding.
   */
  public static final StructType ITEMS =
      new StructType()
          .add(NUMBER, DataTypes.LongType, false)
          .add(APART, DataTypes.LongType, false)
          .add(RADIUS, DataTypes.FloatType, false)
          .add(EMBEDDING, DataTypes.createArrayType(DataTypes.FloatType, false), false);

  public static final String A = "a";
  public static final String B = "b";
  public static final String DISTANCE = "distance";

  /** Two numbers, the smaller one first, and their distance. */
  public static final StructType SCHEMA =
      new StructType()
          .add(A, DataTypes.LongType, false)
          .add(B, DataTypes.LongType, false)
          .add(DISTANCE, DataTypes.DoubleType, false);

  /** Embeddings that cells are made from, for each cell. */
  private static final int SAMPLED_FOR_A_CELL = 24;

  /** Items that are compared at once with the sample. */
  private static final int BLOCK = 4096;

  /** Any threshold will do: items have radii. */
  private static final double UNUSED = 1;

  private final SparkSession spark;
  private final CellPlan plan;
  private final Phases phases;

  public CellPairs(SparkSession spark, CellPlan plan, Phases phases) {
    this.spark = spark;
    this.plan = plan;
    this.phases = phases;
  }

  /**
   * The near pairs, written to a folder, with the recall of this search.
   *
   * @param items rows of {@link #ITEMS}, read three times
   * @param count number of these rows
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  public NearPairs pairs(Dataset<Row> items, long count, String folder) {
    phases.begin("choosing %,d cells for %,d embeddings", plan.cells(), count);
    Cells cells = cells(items, count);
    phases.begin("finding the cells of %,d embeddings", count);
    Dataset<Row> placed = placed(items, cells, folder + "/placed");
    for (int group = 0; group < plan.groups(); group++) {
      phases.begin(
          "comparing %,d embeddings in %d of %,d cells, group %d of %d",
          count, plan.probes(), cells.count(), group + 1, plan.groups());
      writeNear(placed, group, cells.dimensions(), folder + "/found");
    }
    Dataset<Row> pairs = read(folder + "/found").dropDuplicates(A, B);
    phases.begin("comparing %,d of %,d embeddings with all", plan.sampled(), count);
    return new NearPairs(pairs, Optional.of(recall(items, count, pairs, folder + "/sampled")));
  }

  private Cells cells(Dataset<Row> items, long count) {
    // As arrays: a sample for many cells would fill the heap as rows.
    List<float[]> sample =
        sample(items, count, (long) plan.cells() * SAMPLED_FOR_A_CELL)
            .select(EMBEDDING)
            .javaRDD()
            .map(row -> EmbeddingColumn.floats(row, 0))
            .collect();
    return Cells.of(EmbeddingBlock.of(sample), plan.cells());
  }

  /** About so many items, chosen and put in order by a hash of their numbers. */
  private static Dataset<Row> sample(Dataset<Row> items, long count, long wanted) {
    return items
        .where(pmod(xxhash64(col(NUMBER)), lit(count)).lt(wanted))
        .orderBy(xxhash64(col(NUMBER)), col(NUMBER));
  }

  /** The items and their cells, in one folder for each group. */
  private Dataset<Row> placed(Dataset<Row> items, Cells cells, String folder) {
    Broadcast<Cells> known = context().broadcast(cells);
    CellPlan cut = plan;
    JavaRDD<Row> rows =
        items
            .javaRDD()
            .mapPartitions(
                partition -> {
                  PlaceItems place = new PlaceItems(known.value(), cut);
                  TaskScope.onCompletion(place);
                  return Iterators.map(
                      place.placed(Iterators.map(partition, Item::of)), PlacedItem::row);
                });
    try {
      spark
          .createDataFrame(rows, PlacedItem.SCHEMA)
          .write()
          .partitionBy(PlacedItem.GROUP)
          .parquet(folder);
    } finally {
      known.destroy();
    }
    return Stored.read(spark, PlacedItem.SCHEMA, folder);
  }

  private void writeNear(Dataset<Row> placed, int group, int dimensions, String folder) {
    Iterator<PlacedItem> homes =
        Iterators.map(
            placed
                .where(col(PlacedItem.GROUP).equalTo(group))
                .orderBy(PlacedItem.HOME, NUMBER)
                .toLocalIterator(),
            PlacedItem::of);
    while (homes.hasNext()) {
      writeNear(placed, new CellGroup(homes), dimensions, folder);
    }
  }

  private void writeNear(Dataset<Row> placed, CellGroup group, int dimensions, String folder) {
    Broadcast<CellGroup> broadcast = context().broadcast(group);
    try {
      JavaRDD<Row> near =
          placed
              .javaRDD()
              .mapPartitions(
                  partition ->
                      Iterators.flatMap(
                          new GroupScan(
                              scan(dimensions),
                              broadcast.value(),
                              Iterators.map(partition, PlacedItem::of)),
                          pairs -> pairs));
      write(near, folder);
    } finally {
      broadcast.destroy();
    }
  }

  private static PairScan scan(int dimensions) {
    PairScan scan = new PairScan(UNUSED, dimensions);
    TaskScope.onCompletion(scan);
    return scan;
  }

  private NearPairs.Recall recall(
      Dataset<Row> items, long count, Dataset<Row> pairs, String folder) {
    List<Item> sample =
        sample(items, count, plan.sampled()).collectAsList().stream().map(Item::of).toList();
    if (sample.isEmpty()) {
      return new NearPairs.Recall(plan.probes(), 0, 0);
    }
    int dimensions = sample.get(0).embedding().length;
    Broadcast<ItemBlock> broadcast = context().broadcast(ItemBlock.of(sample));
    JavaRDD<Row> near =
        items
            .javaRDD()
            .mapPartitions(
                rows -> {
                  PairScan scan = scan(dimensions);
                  return Iterators.flatMap(
                      ItemBlock.pack(Iterators.map(rows, Item::of), BLOCK),
                      block -> broadcast.value().near(scan, block));
                });
    try {
      write(near, folder);
    } finally {
      broadcast.destroy();
    }
    Dataset<Row> all = read(folder).dropDuplicates(A, B);
    return new NearPairs.Recall(
        plan.probes(), all.count(), all.join(pairs, new String[] {A, B}, "left_semi").count());
  }

  private void write(JavaRDD<Row> pairs, String folder) {
    spark.createDataFrame(pairs, SCHEMA).write().mode("append").parquet(folder);
  }

  private Dataset<Row> read(String folder) {
    return Stored.read(spark, SCHEMA, folder);
  }

  private JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }
}
