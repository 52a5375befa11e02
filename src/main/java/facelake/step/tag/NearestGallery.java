package facelake.step.tag;

import static org.apache.spark.sql.functions.col;

import facelake.match.PairScan;
import facelake.spark.Iterators;
import facelake.spark.Phases;
import facelake.spark.Stored;
import facelake.spark.TaskScope;
import facelake.step.ScanPlan;
import facelake.table.FacesTable;
import facelake.table.TagsTable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The gallery faces that are kept for each face, as {@link facelake.match.Neighbours} says, found
 * by comparing all with all, exactly.
 *
 * <p>The gallery is broadcast slab by slab; against each slab, the tasks stream their own partition
 * of the faces block by block. The driver and each task hold one slab, whatever the number of faces
 * on either side.
 */
public final class NearestGallery {
  /** A face of the gallery, the run that found it, whom it shows, and its embedding. */
  public static final StructType GALLERY =
      new StructType()
          .add(TagsTable.SCHEMA.apply(TagsTable.FACE_ID))
          .add(TagsTable.SCHEMA.apply(TagsTable.FACE_RUN))
          .add(TagsTable.SCHEMA.apply(TagsTable.PERSON))
          .add(FacesTable.SCHEMA.apply(FacesTable.EMBEDDING));

  private static final StructType PROBE =
      new StructType()
          .add(TagsTable.SCHEMA.apply(TagsTable.FACE_ID))
          .add(TagsTable.SCHEMA.apply(TagsTable.DATASET))
          .add(TagsTable.SCHEMA.apply(TagsTable.URI))
          .add(TagsTable.SCHEMA.apply(TagsTable.FACE_RUN));

  /** A face to be compared: id, dataset, uri, the run that found it, and its embedding. */
  public static final StructType PROBES = PROBE.add(FacesTable.SCHEMA.apply(FacesTable.EMBEDDING));

  /** A face that was compared, and what was found near it. */
  public static final StructType FOUND = PROBE.add(TagsTable.SCHEMA.apply(TagsTable.NEIGHBOURS));

  private static final int BLOCK = 1024;

  private final SparkSession spark;
  private final ScanPlan plan;
  private final Phases phases;

  /** A scan; the plan changes memory and speed only. */
  public NearestGallery(SparkSession spark, ScanPlan plan, Phases phases) {
    this.spark = spark;
    this.plan = plan;
    this.phases = phases;
  }

  /**
   * Rows of {@link #FOUND}, one for each face and slab of the gallery, written to a folder: a slab
   * is gone before they are read.
   *
   * @param probes rows of {@link #PROBES}
   * @param gallery rows of {@link #GALLERY}, at least one, each face once
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  public Dataset<Row> found(Dataset<Row> probes, Dataset<Row> gallery, String folder) {
    Dataset<Row> cut =
        probes
            .repartition(plan.partitions(), col(TagsTable.FACE_ID))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      // Ids are hashes: in their order, people are mixed, so that few faces soon tell who is near.
      Iterator<Row> faces = gallery.orderBy(TagsTable.FACE_ID).toLocalIterator();
      Iterator<List<GallerySlab.Face>> slabs =
          Iterators.chunks(Iterators.map(faces, GallerySlab.Face::of), plan.slabFaces());
      for (int slab = 1; slabs.hasNext(); slab++) {
        List<GallerySlab.Face> members = slabs.next();
        phases.begin("comparing with %,d gallery faces, slab %,d", members.size(), slab);
        write(cut, GallerySlab.of(members), folder);
      }
    } finally {
      cut.unpersist();
    }
    return Stored.read(spark, FOUND, folder);
  }

  private void write(Dataset<Row> probes, GallerySlab slab, String folder) {
    Broadcast<GallerySlab> broadcast =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(slab);
    try {
      probes
          .mapPartitions(
              (MapPartitionsFunction<Row, Row>) faces -> compared(faces, broadcast.value()),
              Encoders.row(FOUND))
          .write()
          .mode("append")
          .parquet(folder);
    } finally {
      broadcast.destroy();
    }
  }

  private static Iterator<Row> compared(Iterator<Row> faces, GallerySlab slab) {
    // The threshold is not used: each face has a radius of its own.
    PairScan scan = new PairScan(1, FacesTable.EMBEDDING_LENGTH);
    TaskScope.onCompletion(scan);
    return Iterators.flatMap(
        Iterators.chunks(faces, BLOCK), block -> new ProbeBlock(block).compared(scan, slab));
  }
}
