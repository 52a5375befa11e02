package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.job.DrawnEmbeddings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CellsTest {
  private static final EmbeddingBlock FACES = new DrawnEmbeddings(10, 3).block(0, 3000);

  @Test
  void makesACellOfEachClump() {
    EmbeddingBlock clumps =
        EmbeddingBlock.of(
            List.of(of(0, 0), of(9, 0), of(0, 9), of(0, 1), of(9, 1), of(1, 9), of(1, 0)));

    Cells cells = Cells.of(clumps, 3);

    assertThat(homes(cells, clumps))
        .satisfies(
            homes -> {
              assertThat(homes[3]).isEqualTo(homes[0]);
              assertThat(homes[6]).isEqualTo(homes[0]);
              assertThat(homes[4]).isEqualTo(homes[1]);
              assertThat(homes[5]).isEqualTo(homes[2]);
              assertThat(homes).containsOnly(0, 1, 2);
            });
  }

  @Test
  void neverHasMoreCellsThanThereAreRows() {
    assertThat(Cells.of(EmbeddingBlock.of(List.of(of(0, 0), of(1, 1))), 5).count()).isEqualTo(2);
  }

  /** More cells than one matrix product has columns, and rows that do not fill its last one. */
  @Test
  void findsTheNearestCellsInOrder() {
    Cells cells = Cells.of(FACES, 600);
    EmbeddingBlock some = FACES.select(IntStream.range(100, 400).toArray());

    int[][] found;
    try (CellFinder finder = new CellFinder(cells, 7)) {
      found = finder.nearest(some);
    }

    for (int row = 0; row < some.rows(); row++) {
      assertThat(found[row]).containsExactly(nearest(cells.centres(), some, row));
    }
  }

  @Test
  void findsAllCellsWhereThereAreFewerThanAskedFor() {
    Cells cells = Cells.of(FACES, 3);
    try (CellFinder finder = new CellFinder(cells, 7)) {
      assertThat(finder.nearest(FACES)[0]).containsExactlyInAnyOrder(0, 1, 2);
    }
  }

  /** Neighbours in number are nearer than cells at large. */
  @Test
  void numbersNeighboursAlike() {
    EmbeddingBlock centres = Cells.of(FACES, 256).centres();

    double next =
        IntStream.range(0, 255).mapToDouble(i -> centres.distance(i, centres, i + 1)).sum() / 255;
    double any =
        IntStream.range(0, 128).mapToDouble(i -> centres.distance(i, centres, i + 128)).sum() / 128;

    assertThat(next).isLessThan(0.97 * any);
  }

  private static int[] nearest(EmbeddingBlock centres, EmbeddingBlock block, int row) {
    return IntStream.range(0, centres.rows())
        .boxed()
        .sorted(
            (a, b) ->
                Double.compare(block.distance(row, centres, a), block.distance(row, centres, b)))
        .limit(7)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int[] homes(Cells cells, EmbeddingBlock block) {
    try (CellFinder finder = new CellFinder(cells, 1)) {
      return Arrays.stream(finder.nearest(block)).mapToInt(nearest -> nearest[0]).toArray();
    }
  }

  private static float[] of(float x, float y) {
    return new float[] {x, y};
  }
}
