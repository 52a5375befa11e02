package facelake.table;

import static facelake.table.TableAsserts.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import io.delta.exceptions.DeltaConcurrentModificationException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs that write one table. */
class WritesAtOnceTest {
  private static final CountDownLatch HELD = new CountDownLatch(1);
  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  private final SparkSession spark = TestSpark.session();

  @TempDir Path folder;
  private Lake lake;

  @BeforeEach
  void makeLake() {
    lake = Lake.at(folder.resolve("lake").toString());
  }

  @Test
  void isMadeOnceByManyCreatorsAtOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Callable<FacesTable> create = () -> FacesTable.create(spark, lake);
      for (Future<FacesTable> made : pool.invokeAll(List.of(create, create, create, create))) {
        assertThat(made.get().read().count()).isZero();
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void upsertOfTwoDatasetsAtOnceLosesNothing() throws Exception {
    ImagesTable images = ImagesTable.create(spark, lake);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Void>> writers =
          IntStream.range(0, 2)
              .mapToObj(i -> (Callable<Void>) () -> upsertTwice(images, "d" + i))
              .toList();
      for (Future<Void> done : pool.invokeAll(writers)) {
        done.get();
      }
    } finally {
      pool.shutdown();
    }
    assertThat(images.read().count()).isEqualTo(2);
  }

  private Void upsertTwice(ImagesTable images, String dataset) {
    for (int i = 0; i < 2; i++) {
      images.upsert(
          dataset, Rows.of(spark, ImagesTable.SCHEMA, Rows.image(ImagesTable.DATASET, dataset)));
    }
    return null;
  }

  @Test
  void saysThatAnotherRunHasReplacedTheRows() throws Exception {
    MatchesTable matches = MatchesTable.create(spark, lake);
    matches.replace(Rows.of(spark, MatchesTable.SCHEMA, Rows.match()));
    Dataset<Row> late =
        Rows.of(spark, MatchesTable.SCHEMA, Rows.match(MatchesTable.RUN_ID, "late"))
            .map((MapFunction<Row, Row>) WritesAtOnceTest::held, Encoders.row(MatchesTable.SCHEMA));
    ExecutorService pool = Executors.newFixedThreadPool(1);
    try {
      Future<?> held = pool.submit(() -> matches.replace(late));
      HELD.await();
      matches.replace(
          Rows.of(spark, MatchesTable.SCHEMA, Rows.match(MatchesTable.RUN_ID, "first")));
      RELEASED.countDown();

      assertThatThrownBy(held::get)
          .rootCause()
          .isInstanceOf(DeltaConcurrentModificationException.class);
      assertThatThrownBy(held::get)
          .cause()
          .isInstanceOf(UserError.class)
          .hasMessageContaining("was changed by another run while this one worked");
    } finally {
      pool.shutdown();
    }
    assertThat(texts(matches.read(), MatchesTable.RUN_ID)).containsExactly("[first]");
  }

  /** A row that is not ready before another run has written. */
  private static Row held(Row row) throws InterruptedException {
    HELD.countDown();
    RELEASED.await();
    return row;
  }
}
