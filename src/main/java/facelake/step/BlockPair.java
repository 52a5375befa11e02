package facelake.step;

import facelake.match.PairList;
import facelake.match.PairScan;
import facelake.match.PhotoRule;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Two blocks to be compared, or one block with itself.
 *
 * @param lower the block with the smaller numbers
 * @param upper the block with the larger numbers
 */
record BlockPair(FaceBlock lower, FaceBlock upper) {
  static BlockPair of(FaceBlock a, FaceBlock b) {
    return a.first() <= b.first() ? new BlockPair(a, b) : new BlockPair(b, a);
  }

  /**
   * Whether these blocks are compared where {@code block} streams by and the other one is in the
   * slab. Exactly one of the two ways is chosen, by turns, so that partitions with low and with
   * high numbers have the same work.
   */
  boolean isScannedBy(FaceBlock block, int blockFaces) {
    boolean even = (lower.first() / blockFaces + upper.first() / blockFaces) % 2 == 0;
    return block.first() == (even ? lower : upper).first();
  }

  /** Rows of {@link NearFaces#SCHEMA}, made one by one. */
  Iterator<Row> near(PairScan scan, PhotoRule rule) {
    PairList pairs = pairs(scan);
    return IntStream.range(0, pairs.size())
        .filter(i -> rule.links(lower.photos()[pairs.left(i)], upper.photos()[pairs.right(i)]))
        .mapToObj(
            i ->
                RowFactory.create(
                    lower.first() + pairs.left(i),
                    upper.first() + pairs.right(i),
                    pairs.distance(i)))
        .iterator();
  }

  private PairList pairs(PairScan scan) {
    return lower.first() == upper.first()
        ? scan.within(lower.embeddings())
        : scan.between(lower.embeddings(), upper.embeddings());
  }
}
