package facelake.step.cells;

import facelake.match.EmbeddingBlock;
import facelake.match.PairList;
import facelake.match.PairScan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Items side by side, ready to be compared. */
record ItemBlock(List<Item> items, EmbeddingBlock embeddings) implements Serializable {
  static ItemBlock of(List<Item> items) {
    return new ItemBlock(items, EmbeddingBlock.of(items.stream().map(Item::embedding).toList()));
  }

  /** Packs items, so many in a block. */
  static Iterator<ItemBlock> pack(Iterator<Item> items, int size) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public ItemBlock next() {
        List<Item> taken = new ArrayList<>();
        do {
          taken.add(items.next());
        } while (items.hasNext() && taken.size() < size);
        return of(taken);
      }
    };
  }

  /** The others that are inside an item's radius, rows of {@link CellPairs#SCHEMA}. */
  Iterator<Row> near(PairScan scan, ItemBlock others) {
    float[] radii = new float[items.size()];
    for (int i = 0; i < radii.length; i++) {
      radii[i] = items.get(i).radius();
    }
    PairList near = scan.between(embeddings, radii, others.embeddings);
    return IntStream.range(0, near.size())
        .filter(i -> items.get(near.left(i)).apart() != others.items.get(near.right(i)).apart())
        .mapToObj(
            i ->
                row(
                    items.get(near.left(i)).number(),
                    others.items.get(near.right(i)).number(),
                    near.distance(i)))
        .iterator();
  }

  private static Row row(long a, long b, double distance) {
    return RowFactory.create(Math.min(a, b), Math.max(a, b), distance);
  }
}
