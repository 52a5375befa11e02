package facelake.step;

import static org.apache.spark.sql.functions.col;

import facelake.match.HashIndex;
import facelake.spark.Iterators;
import facelake.spark.Phases;
import facelake.spark.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Every pair of different perceptual hashes within a number of bits.
 *
 * <p>The hashes are broadcast slab by slab, and the tasks stream their own ones through the index
 * of a slab, which the tasks of an executor share. The slab of a hash follows from its value.
 */
final class NearHashes {
  static final String HASH = "hash";
  static final String OTHER_HASH = "other_hash";
  static final String BITS = "bits";

  /** Two hashes, the smaller one first, and the bits in which they differ; each pair once. */
  static final StructType SCHEMA =
      new StructType()
          .add(HASH, DataTypes.LongType, false)
          .add(OTHER_HASH, DataTypes.LongType, false)
          .add(BITS, DataTypes.IntegerType, false);

  private static final int BLOCK_HASHES = 4096;

  /** 2^64 divided by the golden ratio: its product with a hash mixes the hash's upper bits. */
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final SparkSession spark;
  private final int radius;
  private final HashPlan plan;
  private final Phases phases;

  NearHashes(SparkSession spark, int radius, HashPlan plan, Phases phases) {
    this.spark = spark;
    this.radius = radius;
    this.plan = plan;
    this.phases = phases;
  }

  /**
   * The near pairs, written to a folder: a slab is gone before the pairs are read.
   *
   * @param hashes a column of hashes; each counts once
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  Dataset<Row> pairs(Dataset<Row> hashes, String folder) {
    JavaRDD<long[]> blocks =
        hashes
            .toDF(HASH)
            .repartition(plan.partitions(), col(HASH))
            .distinct()
            .javaRDD()
            .mapPartitions(NearHashes::blocks)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long count = blocks.map(block -> (long) block.length).fold(0L, Long::sum);
      int slabs = plan.slabs(count);
      for (int slab = 0; slab < slabs; slab++) {
        phases.begin("comparing %,d pictures, slab %,d of %,d", count, slab + 1, slabs);
        writePairs(blocks, slab, slabs, folder);
      }
      // Without hashes nothing has made the folder.
      return slabs == 0
          ? spark.createDataFrame(List.of(), SCHEMA)
          : Stored.read(spark, SCHEMA, folder);
    } finally {
      blocks.unpersist(false);
    }
  }

  private void writePairs(JavaRDD<long[]> blocks, int slab, int slabs, String folder) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    long[] members =
        blocks.map(block -> membersOf(block, slab, slabs)).collect().stream()
            .flatMapToLong(Arrays::stream)
            .toArray();
    Broadcast<HashIndex> broadcast = context.broadcast(new HashIndex(members, radius));
    try {
      JavaRDD<Row> near =
          blocks.mapPartitions(
              partition -> Iterators.flatMap(partition, block -> near(block, broadcast.value())));
      spark.createDataFrame(near, SCHEMA).write().mode("append").parquet(folder);
    } finally {
      broadcast.destroy();
    }
  }

  private static long[] membersOf(long[] block, int slab, int slabs) {
    return LongStream.of(block).filter(hash -> slabOf(hash, slabs) == slab).toArray();
  }

  private static int slabOf(long hash, int slabs) {
    return (int) ((hash * MIX >>> 33) % slabs);
  }

  private static Iterator<Row> near(long[] block, HashIndex index) {
    return Iterators.flatMap(LongStream.of(block).iterator(), hash -> near(hash, index));
  }

  private static Iterator<Row> near(long hash, HashIndex index) {
    List<Row> near = new ArrayList<>();
    index.search(
        hash,
        (other, bits) -> {
          if (hash < other) {
            near.add(RowFactory.create(hash, other, bits));
          }
        });
    return near.iterator();
  }

  private static Iterator<long[]> blocks(Iterator<Row> hashes) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return hashes.hasNext();
      }

      @Override
      public long[] next() {
        long[] block = new long[BLOCK_HASHES];
        int size = 0;
        do {
          block[size++] = hashes.next().getLong(0);
        } while (size < block.length && hashes.hasNext());
        return Arrays.copyOf(block, size);
      }
    };
  }
}
