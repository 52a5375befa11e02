package facelake.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskScopeTest {
  /** What was closed, in order; tasks of an embedded session run in this JVM. */
  private static final List<String> CLOSED = new CopyOnWriteArrayList<>();

  private final SparkSession spark = TestSpark.session();

  @BeforeEach
  void forget() {
    CLOSED.clear();
  }

  @Test
  void closesInReverseOrderWhenTheTaskSucceeds() {
    assertThat(run(numbers -> numbers)).hasSize(10);
    assertThat(CLOSED).containsExactly("second", "first");
  }

  @Test
  void closesWhenNobodyReadsOn() {
    MapPartitionsFunction<Long, Long> opening = opening(numbers -> numbers);
    spark.range(0, 10, 1, 1).mapPartitions(opening, Encoders.LONG()).limit(1).collectAsList();
    assertThat(CLOSED).containsExactly("second", "first");
  }

  @Test
  void closesWhenTheTaskFails() {
    assertThatThrownBy(
            () ->
                run(
                    numbers -> {
                      throw new IllegalStateException("bad row");
                    }))
        .hasStackTraceContaining("bad row");
    assertThat(CLOSED).containsExactly("second", "first");
  }

  @Test
  void failureToCloseDoesNotFailTheTask() {
    assertThat(
            run(
                numbers -> {
                  TaskScope.onCompletion(
                      () -> {
                        throw new IllegalStateException("cannot close");
                      });
                  return numbers;
                }))
        .hasSize(10);
    assertThat(CLOSED).containsExactly("second", "first");
  }

  @Test
  void refusesThreadsWithoutTask() {
    assertThatThrownBy(() -> TaskScope.onCompletion(() -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("not inside a Spark task");
  }

  private List<Long> run(MapPartitionsFunction<Long, Long> body) {
    return spark.range(0, 10, 1, 1).mapPartitions(opening(body), Encoders.LONG()).collectAsList();
  }

  private static MapPartitionsFunction<Long, Long> opening(MapPartitionsFunction<Long, Long> body) {
    return numbers -> {
      TaskScope.onCompletion(() -> CLOSED.add("first"));
      TaskScope.onCompletion(() -> CLOSED.add("second"));
      return body.call(numbers);
    };
  }
}
