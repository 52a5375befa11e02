package facelake.step.identity;

import static org.apache.spark.sql.functions.col;

import facelake.match.PairScan;
import facelake.spark.Iterators;
import facelake.spark.Phases;
import facelake.spark.TaskScope;
import facelake.step.cells.CellPairs;
import facelake.step.cells.CellPlan;
import facelake.step.cells.Item;
import facelake.step.cells.ItemBlock;
import facelake.step.cells.NearPairs;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Every pair of parts of which one is nearer to the other than its radius: so many deviations
 * nearer than near strangers are. Found by comparing all means with all means, where there are not
 * too many: a task holds one slab of them and the pairs of two blocks, whatever their number. Of
 * more means, most of these pairs are found, see {@link CellPairs}.
 */
public final class NearParts {
  static final String A = CellPairs.A;
  static final String B = CellPairs.B;
  static final String DISTANCE = CellPairs.DISTANCE;

  /** Numbers of two parts, the smaller one first, and the distance of their means. */
  static final StructType SCHEMA = CellPairs.SCHEMA;

  private static final int BLOCK_PARTS = 1024;
  private static final int SLAB_BLOCKS = 64;

  private final SparkSession spark;
  private final Phases phases;
  private final long exactUpTo;

  /** A search that compares all with all up to so many parts. */
  public NearParts(SparkSession spark, Phases phases, long exactUpTo) {
    this.spark = spark;
    this.phases = phases;
    this.exactUpTo = exactUpTo;
  }

  /**
   * The near pairs, written to a folder; a pair may stand there twice.
   *
   * @param parts rows of {@link PartRows}
   * @param count number of these rows
   * @param deviations how many deviations nearer than near strangers a pair is at least
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  public NearPairs pairs(Dataset<Row> parts, long count, double deviations, String folder) {
    return count <= exactUpTo
        ? NearPairs.all(allPairs(parts, count, deviations, folder))
        : new CellPairs(spark, CellPlan.of(count), phases)
            .pairs(items(parts, deviations), count, folder);
  }

  private static Dataset<Row> items(Dataset<Row> parts, double deviations) {
    return parts.select(
        col(PartRows.NUMBER).as(CellPairs.NUMBER),
        col(PartRows.NUMBER).as(CellPairs.APART),
        col(PartRows.NEAR_MEAN)
            .minus(col(PartRows.NEAR_DEVIATION).multiply(deviations))
            .cast(DataTypes.FloatType)
            .as(CellPairs.RADIUS),
        col(PartRows.MEAN).as(CellPairs.EMBEDDING));
  }

  private Dataset<Row> allPairs(Dataset<Row> parts, long count, double deviations, String folder) {
    JavaRDD<ItemBlock> blocks =
        items(parts, deviations)
            .javaRDD()
            .mapPartitions(rows -> ItemBlock.pack(Iterators.map(rows, Item::of), BLOCK_PARTS))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Long> firsts = blocks.map(block -> block.numbers()[0]).collect();
      List<Long> ordered = firsts.stream().sorted().toList();
      int slabs = (ordered.size() + SLAB_BLOCKS - 1) / SLAB_BLOCKS;
      for (int slab = 0; slab < slabs; slab++) {
        phases.begin("comparing %,d identities, slab %,d of %,d", count, slab + 1, slabs);
        int from = slab * SLAB_BLOCKS;
        int to = Math.min(ordered.size(), from + SLAB_BLOCKS);
        writePairs(blocks, new HashSet<>(ordered.subList(from, to)), folder);
      }
    } finally {
      blocks.unpersist(false);
    }
    return spark.read().schema(SCHEMA).parquet(folder);
  }

  private void writePairs(JavaRDD<ItemBlock> blocks, Set<Long> slab, String folder) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<ItemBlock> members = blocks.filter(block -> slab.contains(block.numbers()[0])).collect();
    Broadcast<ItemBlock[]> broadcast = context.broadcast(members.toArray(ItemBlock[]::new));
    try {
      JavaRDD<Row> rows = blocks.mapPartitions(streamed -> near(streamed, broadcast.value()));
      spark.createDataFrame(rows, SCHEMA).write().mode("append").parquet(folder);
    } finally {
      broadcast.destroy();
    }
  }

  private static Iterator<Row> near(Iterator<ItemBlock> streamed, ItemBlock[] slab) {
    PairScan scan = new PairScan(1, slab[0].embeddings().dimensions());
    TaskScope.onCompletion(scan);
    return Iterators.flatMap(
        streamed,
        block ->
            Iterators.flatMap(Arrays.stream(slab).iterator(), other -> block.near(scan, other)));
  }
}
