package facelake.step.identity;

import facelake.match.Cohort;
import facelake.spark.Phases;
import facelake.step.Iterators;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Cuts every identity into parts that are one person each, see {@link
 * facelake.match.IdentityParts}. A task holds one identity at a time.
 */
public final class CleanIdentities {
  /** Column of the input: whether a person said that the label of the face is wrong. */
  public static final String MISPLACED = "misplaced";

  private final SparkSession spark;
  private final Phases phases;
  private final int partitions;

  /** A step that works in so many pieces. */
  public CleanIdentities(SparkSession spark, Phases phases, int partitions) {
    this.spark = spark;
    this.phases = phases;
    this.partitions = partitions;
  }

  /**
   * Draws a cohort of identities.
   *
   * @param faces columns of {@code FacesTable}, all of one embedder, with identity not null, and
   *     {@link PartRows#LABELLED} and {@link #MISPLACED}
   */
  public Cohort cohort(Dataset<Row> faces, long seed) {
    phases.begin("drawing a cohort of identities");
    return CohortSample.of(faces, seed);
  }

  /**
   * The parts of all identities, rows of {@link PartRows#SCHEMA}, written to a folder.
   *
   * @param faces as for {@link #cohort}
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  public Dataset<Row> parts(Dataset<Row> faces, Cohort cohort, String folder) {
    phases.begin("cleaning identities");
    JavaRDD<IdentityFace> sorted = IdentityFace.sorted(faces, partitions);
    Broadcast<Cohort> broadcast =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(cohort);
    try {
      JavaRDD<Row> rows =
          sorted.mapPartitions(
              partition ->
                  Iterators.flatMap(
                      new Identities(partition),
                      identity -> new IdentityCut(identity, broadcast.value()).rows()));
      spark.createDataFrame(rows, PartRows.SCHEMA).write().parquet(folder);
    } finally {
      broadcast.destroy();
    }
    return spark.read().schema(PartRows.SCHEMA).parquet(folder);
  }

  /** Gathers the faces of each identity, which stand one after the other. */
  private static final class Identities implements Iterator<List<IdentityFace>> {
    private final Iterator<IdentityFace> faces;
    private IdentityFace next;

    Identities(Iterator<IdentityFace> faces) {
      this.faces = faces;
      next = faces.hasNext() ? faces.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public List<IdentityFace> next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      List<IdentityFace> identity = new ArrayList<>();
      IdentityFace first = next;
      while (next != null && next.isOf(first)) {
        identity.add(next);
        next = faces.hasNext() ? faces.next() : null;
      }
      return identity;
    }
  }
}
