package facelake.step.identity;

import facelake.match.Cohort;
import facelake.spark.Iterators;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Cuts identities into parts that are one person each, see {@link facelake.match.IdentityParts}. A
 * task holds one identity at a time.
 */
public final class CleanIdentities {
  private CleanIdentities() {}

  /**
   * The parts of some identities: the columns of {@link facelake.table.IdentityPartsTable} without
   * cohort and run, computed when they are asked for.
   *
   * @param identities rows of {@link IdentityList}
   * @param count number of their faces
   * @param partitions pieces of the work
   */
  public static Dataset<Row> parts(
      LabelledFaces faces,
      Dataset<Row> identities,
      long count,
      Broadcast<Cohort> cohort,
      int partitions) {
    JavaRDD<Row> rows =
        IdentityFace.sorted(faces.of(identities, count), partitions)
            .mapPartitions(
                partition ->
                    Iterators.flatMap(
                        new Identities(partition),
                        identity -> new IdentityCut(identity, cohort.value()).rows()));
    return identities.sparkSession().createDataFrame(rows, PartRows.MEASURED);
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
