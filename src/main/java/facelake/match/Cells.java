package facelake.match;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The space of embeddings cut into cells, one around each of some centres: an embedding lies in the
 * cell whose centre is nearest. Near embeddings mostly lie in one cell or in neighbouring ones, so
 * that a search need not look at the others (an inverted file).
 *
 * <p>Cells with neighbouring numbers are neighbours in space, as far as one order of them can show
 * that. Immutable; a thousand cells of 128 dimensions take half a megabyte.
 */
public final class Cells implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rounds of k-means; more change the cells little. */
  private static final int ROUNDS = 5;

  /** Rows that are placed at once by one thread. */
  private static final int BLOCK = 4096;

  private final EmbeddingBlock centres;

  private Cells(EmbeddingBlock centres) {
    this.centres = centres;
  }

  /**
   * Cells around the means of k-means (Lloyd's rounds), which start from rows that stand at even
   * distances in the sample. Uses all processors; the same sample gives the same cells.
   *
   * @param sample in an order that has nothing to do with where embeddings lie
   * @param count cells; as many as the sample has rows at most
   */
  public static Cells of(EmbeddingBlock sample, int count) {
    int centres = Math.max(1, Math.min(count, sample.rows()));
    Cells cells =
        new Cells(
            sample.select(
                IntStream.range(0, centres)
                    .map(i -> (int) ((long) i * sample.rows() / centres))
                    .toArray()));
    for (int round = 0; round < ROUNDS; round++) {
      cells = cells.moved(sample);
    }
    return new Cells(cells.centres.select(cells.inOrder()));
  }

  /** Number of cells. */
  public int count() {
    return centres.rows();
  }

  /** Floats of an embedding. */
  public int dimensions() {
    return centres.dimensions();
  }

  EmbeddingBlock centres() {
    return centres;
  }

  /** Each centre in the middle of its cell; where a cell is empty, it stays. */
  private Cells moved(EmbeddingBlock sample) {
    int[] homes = homes(sample);
    int[][] members = new int[count()][];
    int[] sizes = new int[count()];
    Arrays.stream(homes).forEach(cell -> sizes[cell]++);
    Arrays.setAll(members, cell -> new int[sizes[cell]]);
    for (int row = homes.length - 1; row >= 0; row--) {
      members[homes[row]][--sizes[homes[row]]] = row;
    }
    return new Cells(
        EmbeddingBlock.of(
            IntStream.range(0, count())
                .parallel()
                .mapToObj(
                    cell ->
                        members[cell].length == 0
                            ? centres.embedding(cell)
                            : sample.mean(members[cell]))
                .toList()));
  }

  /** The cell of each row. */
  private int[] homes(EmbeddingBlock sample) {
    return IntStream.range(0, (sample.rows() + BLOCK - 1) / BLOCK)
        .parallel()
        .mapToObj(
            block -> {
              int from = block * BLOCK;
              int to = Math.min(sample.rows(), from + BLOCK);
              try (CellFinder finder = new CellFinder(this, 1)) {
                return finder.nearest(sample.select(IntStream.range(from, to).toArray()));
              }
            })
        .flatMap(Arrays::stream)
        .mapToInt(cells -> cells[0])
        .toArray();
  }

  /** The cells in the order of the leaves of a k-d tree over their centres. */
  private int[] inOrder() {
    Integer[] cells = IntStream.range(0, count()).boxed().toArray(Integer[]::new);
    sort(Arrays.asList(cells));
    return Arrays.stream(cells).mapToInt(Integer::intValue).toArray();
  }

  private void sort(List<Integer> cells) {
    if (cells.size() < 2) {
      return;
    }
    int dimension = widest(cells);
    cells.sort(
        Comparator.comparingDouble((Integer cell) -> value(cell, dimension))
            .thenComparingInt(cell -> cell));
    sort(cells.subList(0, cells.size() / 2));
    sort(cells.subList(cells.size() / 2, cells.size()));
  }

  /** The dimension in which the centres differ most. */
  private int widest(List<Integer> cells) {
    int widest = 0;
    double greatest = -1;
    for (int d = 0; d < centres.dimensions(); d++) {
      double sum = 0;
      double squares = 0;
      for (int cell : cells) {
        sum += value(cell, d);
        squares += (double) value(cell, d) * value(cell, d);
      }
      double variance = squares / cells.size() - sum * sum / cells.size() / cells.size();
      if (variance > greatest) {
        greatest = variance;
        widest = d;
      }
    }
    return widest;
  }

  private float value(int cell, int dimension) {
    return centres.values()[cell * centres.dimensions() + dimension];
  }
}
