import facelake.job.DrawnEmbeddings;
import facelake.match.EmbeddingBlock;
import facelake.spark.Phases;
import facelake.spark.Sessions;
import facelake.step.cells.CellPairs;
import facelake.step.cells.CellPlan;
import facelake.step.cells.NearPairs;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** {@code CellsScale FOLDER FACES PROBES}: what the script cells-scale runs. */
public final class CellsScale {
  private static final int BLOCK = 1000;
  private static final int FACES_OF_A_PERSON = 10;
  private static final float RADIUS = 0.4f;

  public static void main(String[] arguments) throws Exception {
    String folder = arguments[0];
    int faces = Integer.parseInt(arguments[1]);
    try (SparkSession spark = Sessions.open("cells scale")) {
      draw(spark, folder + "/items", faces);
      CellPlan usual = CellPlan.of(faces);
      CellPlan plan =
          arguments.length == 2
              ? usual
              : new CellPlan(
                  usual.cells(), Integer.parseInt(arguments[2]), usual.groups(), usual.sampled());
      long start = System.nanoTime();
      NearPairs found =
          new CellPairs(spark, plan, new Phases(spark, "cells", CellsScale::tell))
              .pairs(
                  spark.read().format("delta").load(folder + "/items"), faces, folder + "/pairs");
      NearPairs.Recall recall = found.recall().orElseThrow();
      System.out.printf(
          "%,d faces, %d of %,d cells, %d groups: %.0f s; %,d pairs under %.1f; of %,d pairs of a"
              + " sample %,d found (%.4f)%n",
          faces,
          plan.probes(),
          plan.cells(),
          plan.groups(),
          (System.nanoTime() - start) / 1e9,
          found.rows().count(),
          RADIUS,
          recall.pairs(),
          recall.found(),
          (double) recall.found() / recall.pairs());
    }
  }

  private static void tell(String phase) {
    System.out.printf("%tT %s%n", System.currentTimeMillis(), phase);
  }

  private static void draw(SparkSession spark, String folder, int faces) {
    int blocks = (faces + BLOCK - 1) / BLOCK;
    spark
        .createDataFrame(
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(
                    IntStream.range(0, blocks).boxed().toList(), Math.max(8, blocks / 100))
                .flatMap(CellsScale::items),
            CellPairs.ITEMS)
        .write()
        .format("delta")
        .save(folder);
  }

  private static Iterator<Row> items(int block) {
    long first = (long) block * BLOCK;
    EmbeddingBlock drawn = new DrawnEmbeddings(FACES_OF_A_PERSON, 1).block(first, BLOCK);
    return IntStream.range(0, BLOCK)
        .mapToObj(
            i -> {
              float[] embedding = drawn.embedding(i);
              Float[] boxed = new Float[embedding.length];
              Arrays.setAll(boxed, d -> embedding[d]);
              return RowFactory.create(first + i, first + i, RADIUS, boxed);
            })
        .iterator();
  }
}
