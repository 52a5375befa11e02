package facelake.step.cells;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestSpark;
import facelake.job.DrawnEmbeddings;
import facelake.match.EmbeddingBlock;
import facelake.match.PairList;
import facelake.match.PairScan;
import facelake.spark.Phases;
import facelake.table.EmbeddingColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellPairsTest {
  private static final int FACES = 3000;
  private static final int FACES_OF_A_PERSON = 5;
  private static final float RADIUS = 0.45f;
  private static final CellPlan PLAN = new CellPlan(100, 3, 2, 300);
  private static final EmbeddingBlock DRAWN =
      new DrawnEmbeddings(FACES_OF_A_PERSON, 3).block(0, FACES);

  private static final SparkSession SPARK = TestSpark.session();

  @TempDir private Path folder;

  private record Pair(long a, long b) {}

  @Test
  void findsMostPairsAndNoFalseOnes() {
    NearPairs near = pairs(PLAN, items(), 4, "pairs");
    List<Pair> found = found(near);
    Set<Pair> all = all();

    assertThat(found).doesNotHaveDuplicates().isSubsetOf(all);
    assertThat(found.size()).isGreaterThan((int) (0.9 * all.size())).isLessThan(all.size());
  }

  @Test
  void measuresHowManyItFinds() {
    NearPairs near = pairs(PLAN, items(), 4, "pairs");
    double share = (double) found(near).size() / all().size();

    NearPairs.Recall recall = near.recall().orElseThrow();

    assertThat(recall.probes()).isEqualTo(3);
    assertThat(recall.pairs()).isBetween(all().size() / 10L, all().size() / 3L);
    assertThat((double) recall.found() / recall.pairs()).isBetween(share - 0.03, share + 0.03);
  }

  @Test
  void findsTheSameWhateverThePartitions() {
    assertThat(found(pairs(PLAN, items(), 1, "one")))
        .containsExactlyInAnyOrderElementsOf(found(pairs(PLAN, items(), 7, "seven")));
  }

  @Test
  void findsAllPairsInAllCells() {
    CellPlan plan = new CellPlan(100, 100, 7, 1);
    assertThat(found(pairs(plan, items(), 4, "pairs"))).hasSameElementsAs(all());
  }

  /** A cell that reaches over several blocks, as equal pictures make one. */
  @Test
  void findsAllPairsOfOneLargeCell() {
    int equal = 1300;
    List<Row> items =
        IntStream.range(0, FACES)
            .mapToObj(
                i ->
                    RowFactory.create(
                        (long) i,
                        (long) i,
                        RADIUS,
                        EmbeddingColumn.value(DRAWN.embedding(i < equal ? 0 : i))))
            .toList();

    List<Pair> found = found(pairs(PLAN, items, 4, "pairs"));

    assertThat(found).doesNotHaveDuplicates();
    assertThat(found.stream().filter(pair -> pair.b() < equal).count())
        .isEqualTo(equal * (equal - 1) / 2);
  }

  /** The first face of each person sees its own person only, the others see nobody. */
  @Test
  void looksAsFarAsEachRadius() {
    List<Row> items =
        IntStream.range(0, FACES).mapToObj(i -> item(i, i, isFirst(i) ? radius(i) : -1)).toList();

    assertThat(found(pairs(new CellPlan(100, 100, 7, 1), items, 4, "pairs")))
        .allMatch(pair -> isFirst(pair.a()) || isFirst(pair.b()))
        .containsAll(
            IntStream.range(0, FACES)
                .filter(CellPairsTest::isFirst)
                .mapToObj(face -> new Pair(face, face + 1))
                .toList());
  }

  private static boolean isFirst(long face) {
    return face % FACES_OF_A_PERSON == 0;
  }

  /** Just more than the distance to the next face. */
  private static float radius(int face) {
    return (float) DRAWN.distance(face, DRAWN, face + 1) + 1e-5f;
  }

  private static List<Row> items() {
    return IntStream.range(0, FACES).mapToObj(i -> item(i, i, RADIUS)).toList();
  }

  private static Row item(long number, long apart, float radius) {
    return RowFactory.create(
        number, apart, radius, EmbeddingColumn.value(DRAWN.embedding((int) number)));
  }

  private NearPairs pairs(CellPlan plan, List<Row> items, int partitions, String name) {
    Dataset<Row> rows = SPARK.createDataFrame(items, CellPairs.ITEMS).repartition(partitions);
    return new CellPairs(SPARK, plan, Phases.unwatched(SPARK, "test"))
        .pairs(rows, FACES, folder.resolve(name).toUri().toString());
  }

  private static List<Pair> found(NearPairs near) {
    return near.rows().collectAsList().stream()
        .map(row -> new Pair(row.getLong(0), row.getLong(1)))
        .toList();
  }

  private static Set<Pair> all() {
    try (PairScan scan = new PairScan(RADIUS, DrawnEmbeddings.DIMENSIONS)) {
      PairList near = scan.within(DRAWN);
      return IntStream.range(0, near.size())
          .mapToObj(i -> new Pair(near.left(i), near.right(i)))
          .collect(Collectors.toSet());
    }
  }
}
