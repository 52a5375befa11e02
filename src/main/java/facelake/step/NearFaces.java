package facelake.step;

import static org.apache.spark.sql.functions.col;

import facelake.match.PairScan;
import facelake.match.PhotoRule;
import facelake.spark.Iterators;
import facelake.spark.Phases;
import facelake.spark.Stored;
import facelake.spark.TaskScope;
import facelake.step.cells.CellPairs;
import facelake.step.cells.CellPlan;
import facelake.step.cells.NearPairs;
import facelake.table.EmbeddingColumn;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
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
 * Every pair of faces nearer than a threshold, found by comparing all faces with all faces; of too
 * many faces for that, most pairs, see {@link CellPairs}.
 *
 * <p>The faces are broadcast slab by slab; against each slab, the tasks stream their own partition
 * block by block. A task holds one slab and the pairs of two blocks, whatever the number of faces.
 */
final class NearFaces {
  static final String SOURCE = "source";
  static final String TARGET = "target";
  static final String DISTANCE = "distance";

  /** Numbers of two faces, the smaller one first, and their distance; each pair once. */
  static final StructType SCHEMA =
      new StructType()
          .add(SOURCE, DataTypes.LongType, false)
          .add(TARGET, DataTypes.LongType, false)
          .add(DISTANCE, DataTypes.FloatType, false);

  private final SparkSession spark;
  private final PeopleOptions options;
  private final ScanPlan plan;
  private final Phases phases;

  NearFaces(SparkSession spark, PeopleOptions options, ScanPlan plan, Phases phases) {
    this.phases = phases;
    this.spark = spark;
    this.options = options;
    this.plan = plan;
  }

  /**
   * The near pairs, written to a folder: a slab is gone before the pairs are read, so they cannot
   * be computed again on demand.
   *
   * @param faces numbered from 0 to {@code count - 1}
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  NearPairs pairs(JavaRDD<NumberedFace> faces, long count, String folder) {
    if (count <= options.exactUpTo()) {
      return NearPairs.all(allPairs(faces, count, folder));
    }
    NearPairs near =
        new CellPairs(spark, CellPlan.of(count), phases).pairs(items(faces), count, folder);
    return new NearPairs(
        near.rows()
            .select(
                col(CellPairs.A).as(SOURCE),
                col(CellPairs.B).as(TARGET),
                col(CellPairs.DISTANCE).cast(DataTypes.FloatType).as(DISTANCE)),
        near.recall());
  }

  private Dataset<Row> items(JavaRDD<NumberedFace> faces) {
    float radius = (float) options.threshold();
    boolean once = options.rule() == PhotoRule.ONCE_A_PHOTO;
    JavaRDD<Row> items =
        faces.map(
            face ->
                RowFactory.create(
                    face.number(),
                    once ? face.photo() : face.number(),
                    radius,
                    EmbeddingColumn.value(face.embedding())));
    return spark.createDataFrame(items, CellPairs.ITEMS);
  }

  private Dataset<Row> allPairs(JavaRDD<NumberedFace> faces, long count, String folder) {
    ScanPlan cut = plan;
    JavaRDD<FaceBlock> blocks =
        faces
            .mapPartitions(partition -> new FaceBlocks(partition, cut))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long slabs = plan.slabs(count);
      for (long slab = 0; slab < slabs; slab++) {
        phases.begin("comparing %,d faces, slab %,d of %,d", count, slab + 1, slabs);
        writePairs(blocks, slab, folder);
      }
    } finally {
      blocks.unpersist(false);
    }
    return Stored.read(spark, SCHEMA, folder);
  }

  private void writePairs(JavaRDD<FaceBlock> blocks, long slab, String folder) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int slabFaces = plan.slabFaces();
    List<FaceBlock> members = blocks.filter(block -> block.first() / slabFaces == slab).collect();
    Broadcast<FaceBlock[]> broadcast = context.broadcast(members.toArray(FaceBlock[]::new));
    try {
      spark.createDataFrame(near(blocks, broadcast), SCHEMA).write().mode("append").parquet(folder);
    } finally {
      broadcast.destroy();
    }
  }

  private JavaRDD<Row> near(JavaRDD<FaceBlock> blocks, Broadcast<FaceBlock[]> slab) {
    // Copies: the tasks need these values, not this object with its session.
    int blockFaces = plan.blockFaces();
    double threshold = options.threshold();
    PhotoRule rule = options.rule();
    return blocks.mapPartitions(
        partition -> {
          PairScan scan = new PairScan(threshold, slab.value()[0].embeddings().dimensions());
          TaskScope.onCompletion(scan);
          Iterator<BlockPair> pairs =
              Iterators.flatMap(
                  partition,
                  block ->
                      Arrays.stream(slab.value())
                          .map(other -> BlockPair.of(block, other))
                          .filter(pair -> pair.isScannedBy(block, blockFaces))
                          .iterator());
          return Iterators.flatMap(pairs, pair -> pair.near(scan, rule));
        });
  }
}
