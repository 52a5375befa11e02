package facelake.step.cells;

import facelake.match.EmbeddingBlock;
import facelake.match.PairList;
import facelake.match.PairScan;
import facelake.spark.Iterators;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Items side by side, ready to be compared.
 *
 * @param numbers see {@link Item#number}
 * @param aparts see {@link Item#apart}
 * @param radii see {@link Item#radius}
 */
public record ItemBlock(long[] numbers, long[] aparts, float[] radii, EmbeddingBlock embeddings)
    implements Serializable {
  static ItemBlock of(List<Item> items) {
    float[] radii = new float[items.size()];
    for (int i = 0; i < radii.length; i++) {
      radii[i] = items.get(i).radius();
    }
    return new ItemBlock(
        items.stream().mapToLong(Item::number).toArray(),
        items.stream().mapToLong(Item::apart).toArray(),
        radii,
        EmbeddingBlock.of(items.stream().map(Item::embedding).toList()));
  }

  /** Blocks of so many items; the last one may have fewer. */
  public static Iterator<ItemBlock> pack(Iterator<Item> items, int size) {
    return Iterators.map(Iterators.chunks(items, size), ItemBlock::of);
  }

  /**
   * The pairs with others of which one is inside the other's radius, rows of {@link
   * CellPairs#SCHEMA}.
   */
  public Iterator<Row> near(PairScan scan, ItemBlock others) {
    return rows(scan.between(embeddings, radii, others.embeddings, others.radii), others);
  }

  /** As {@link #near}, inside this block: each pair once. */
  public Iterator<Row> near(PairScan scan) {
    return rows(scan.within(embeddings, radii), this);
  }

  private Iterator<Row> rows(PairList near, ItemBlock others) {
    return IntStream.range(0, near.size())
        .filter(i -> aparts[near.left(i)] != others.aparts[near.right(i)])
        // As it is told, so that a shorter radius can be applied to it later.
        .filter(i -> near.distance(i) < Math.max(radii[near.left(i)], others.radii[near.right(i)]))
        .mapToObj(
            i ->
                row(
                    numbers[near.left(i)],
                    others.numbers[near.right(i)],
                    (double) near.distance(i)))
        .iterator();
  }

  private static Row row(long a, long b, double distance) {
    return RowFactory.create(Math.min(a, b), Math.max(a, b), distance);
  }
}
