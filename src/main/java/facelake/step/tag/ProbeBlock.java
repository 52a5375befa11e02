package facelake.step.tag;

import facelake.match.EmbeddingBlock;
import facelake.match.Neighbour;
import facelake.match.Neighbours;
import facelake.match.PairList;
import facelake.match.PairScan;
import facelake.table.EmbeddingColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Faces that are compared with a gallery together, and what was found near each so far. */
final class ProbeBlock {
  private final List<Row> rows;
  private final EmbeddingBlock embeddings;
  private final List<List<Neighbour>> kept = new ArrayList<>();
  private final float[] radii;

  /** A block of rows of {@link NearestGallery#PROBES}, at least one. */
  ProbeBlock(List<Row> rows) {
    this.rows = rows;
    this.embeddings =
        EmbeddingBlock.of(rows.stream().map(row -> EmbeddingColumn.floats(row, 4)).toList());
    rows.forEach(row -> kept.add(new ArrayList<>()));
    this.radii = new float[rows.size()];
    Arrays.fill(radii, Float.POSITIVE_INFINITY);
  }

  /** The faces with what a slab has near them, rows of {@link NearestGallery#FOUND}. */
  Iterator<Row> compared(PairScan scan, GallerySlab slab) {
    slab.parts().forEach(part -> compare(scan, part, slab.people()));
    return IntStream.range(0, rows.size()).mapToObj(this::found).iterator();
  }

  private void compare(PairScan scan, GallerySlab.Part part, int people) {
    float[] none = new float[part.embeddings().rows()];
    PairList pairs = scan.between(embeddings, radii, part.embeddings(), none);
    BitSet changed = new BitSet();
    for (int pair = 0; pair < pairs.size(); pair++) {
      kept.get(pairs.left(pair)).add(part.neighbour(pairs.right(pair), pairs.distance(pair)));
      changed.set(pairs.left(pair));
    }
    changed.stream()
        .forEach(
            probe -> {
              List<Neighbour> nearest = Neighbours.nearest(kept.get(probe));
              kept.set(probe, nearest);
              radii[probe] = Neighbours.radius(nearest, people);
            });
  }

  private Row found(int probe) {
    Row row = rows.get(probe);
    return RowFactory.create(
        row.get(0), row.get(1), row.get(2), row.get(3), NeighbourColumn.value(kept.get(probe)));
  }
}
