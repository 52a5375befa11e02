package facelake.step.identity;

import static org.apache.spark.sql.functions.col;

import facelake.match.PairScan;
import facelake.spark.Iterators;
import facelake.spark.Phases;
import facelake.spark.Stored;
import facelake.spark.TaskScope;
import facelake.step.cells.CellPairs;
import facelake.step.cells.CellPlan;
import facelake.step.cells.Item;
import facelake.step.cells.ItemBlock;
import facelake.step.cells.NearPairs;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Every pair of parts of which one is nearer to the other than its radius: so many deviations
 * nearer than near strangers are. Found by comparing means with means, where there are not too
 * many, but not two that were compared before: a task holds one slab of them and the pairs of two
 * blocks, whatever their number. Of more means, most of these pairs are found, see {@link
 * CellPairs}.
 */
public final class NearParts {
  static final String A = CellPairs.A;
  static final String B = CellPairs.B;
  static final String DISTANCE = CellPairs.DISTANCE;

  /** Numbers of two parts, the smaller one first, and the distance of their means. */
  public static final StructType SCHEMA = CellPairs.SCHEMA;

  private static final int BLOCK_PARTS = 1024;
  private static final int SLAB_BLOCKS = 64;
  private static final int BLOCKS_A_PARTITION = 8;

  private static final Column NUMBER = col(CellPairs.NUMBER);
  private static final Column RADIUS = col(CellPairs.RADIUS);

  /** Any threshold will do: parts have radii. */
  private static final double UNUSED = 1;

  private final SparkSession spark;
  private final Phases phases;
  private final Dataset<Row> parts;
  private final Broadcast<PartFacts> facts;
  private final double deviations;

  /**
   * A search among these parts.
   *
   * @param parts rows of {@link PartRows}
   * @param deviations how many deviations nearer than near strangers a pair is at least
   */
  public NearParts(
      SparkSession spark,
      Phases phases,
      Dataset<Row> parts,
      Broadcast<PartFacts> facts,
      double deviations) {
    this.spark = spark;
    this.phases = phases;
    this.parts = parts;
    this.facts = facts;
    this.deviations = deviations;
  }

  /**
   * Most near pairs, written to a folder.
   *
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  public NearPairs most(String folder) {
    int count = facts.value().count();
    return new CellPairs(spark, CellPlan.of(count), phases).pairs(items(), count, folder);
  }

  private Dataset<Row> items() {
    return parts.select(
        col(PartRows.NUMBER).as(CellPairs.NUMBER),
        col(PartRows.NUMBER).as(CellPairs.APART),
        col(PartRows.NEAR_MEAN)
            .minus(col(PartRows.NEAR_DEVIATION).multiply(deviations))
            .cast(DataTypes.FloatType)
            .as(CellPairs.RADIUS),
        col(PartRows.MEAN).as(CellPairs.EMBEDDING));
  }

  /**
   * All near pairs but those of two parts that have been compared, each once, written to a folder.
   *
   * @param compared places of parts that have been compared with each other
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  public Dataset<Row> besides(BitSet compared, String folder) {
    int count = facts.value().count();
    int anew = count - compared.cardinality();
    if (anew == 0) {
      return spark.createDataFrame(List.of(), SCHEMA);
    }
    JavaRDD<ItemBlock> fresh =
        blocks(
            items(place -> !compared.get(place))
                // Together, so that blocks are full: one small block costs as much as a large one.
                .repartition(Math.max(1, anew / (BLOCK_PARTS * BLOCKS_A_PARTITION)), NUMBER)
                // Of like radii side by side, as the scan is fastest.
                .sortWithinPartitions(RADIUS, NUMBER));
    JavaRDD<ItemBlock> others = blocks(items(compared::get));
    try {
      List<Long> firsts = fresh.map(block -> block.numbers()[0]).collect();
      List<Long> ordered = firsts.stream().sorted().toList();
      int slabs = (ordered.size() + SLAB_BLOCKS - 1) / SLAB_BLOCKS;
      for (int slab = 0; slab < slabs; slab++) {
        phases.begin(
            "comparing %,d of %,d parts with all, slab %,d of %,d", anew, count, slab + 1, slabs);
        int from = slab * SLAB_BLOCKS;
        int to = Math.min(ordered.size(), from + SLAB_BLOCKS);
        addPairs(fresh, others, new HashSet<>(ordered.subList(from, to)), folder);
      }
    } finally {
      fresh.unpersist(false);
      others.unpersist(false);
    }
    return Stored.read(spark, SCHEMA, folder);
  }

  private interface SerializablePredicate extends IntPredicate, Serializable {}

  private Dataset<Row> items(SerializablePredicate wanted) {
    Broadcast<PartFacts> known = facts;
    return items()
        .filter((FilterFunction<Row>) item -> wanted.test(known.value().place(item.getLong(0))));
  }

  private static JavaRDD<ItemBlock> blocks(Dataset<Row> items) {
    return items
        .javaRDD()
        .mapPartitions(rows -> ItemBlock.pack(Iterators.map(rows, Item::of), BLOCK_PARTS))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private void addPairs(
      JavaRDD<ItemBlock> fresh, JavaRDD<ItemBlock> others, Set<Long> slab, String folder) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<ItemBlock> members = fresh.filter(block -> slab.contains(block.numbers()[0])).collect();
    Broadcast<ItemBlock[]> broadcast = context.broadcast(members.toArray(ItemBlock[]::new));
    try {
      JavaRDD<Row> rows =
          fresh
              .mapPartitions(streamed -> once(streamed, broadcast.value()))
              .union(others.mapPartitions(streamed -> all(streamed, broadcast.value())));
      spark.createDataFrame(rows, SCHEMA).write().mode("append").parquet(folder);
    } finally {
      broadcast.destroy();
    }
  }

  private static Iterator<Row> all(Iterator<ItemBlock> streamed, ItemBlock[] slab) {
    PairScan scan = scan(slab);
    return Iterators.flatMap(
        streamed,
        block ->
            Iterators.flatMap(Arrays.stream(slab).iterator(), other -> block.near(scan, other)));
  }

  /** Where all that streams by will be a slab, too: each two blocks in one of both ways. */
  private static Iterator<Row> once(Iterator<ItemBlock> streamed, ItemBlock[] slab) {
    PairScan scan = scan(slab);
    return Iterators.flatMap(
        streamed,
        block ->
            Iterators.flatMap(
                Arrays.stream(slab)
                    .filter(other -> isScannedBy(block.numbers()[0], other.numbers()[0]))
                    .iterator(),
                other ->
                    block.numbers()[0] == other.numbers()[0]
                        ? block.near(scan)
                        : block.near(scan, other)));
  }

  /** By turns, so that all partitions have the same work. */
  private static boolean isScannedBy(long streamed, long other) {
    boolean even = Long.bitCount(streamed ^ other) % 2 == 0;
    return streamed == other || streamed < other == even;
  }

  private static PairScan scan(ItemBlock[] slab) {
    PairScan scan = new PairScan(UNUSED, slab[0].embeddings().dimensions());
    TaskScope.onCompletion(scan);
    return scan;
  }
}
