package facelake.step.source;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts the rows that Spark tasks read from files. */
final class RecordsRead extends SparkListener {
  private final AtomicLong sum = new AtomicLong();

  private RecordsRead() {}

  static RecordsRead whileRunning(Runnable work) throws Exception {
    SparkContext context = SourceTesting.spark().sparkContext();
    RecordsRead records = new RecordsRead();
    context.listenerBus().waitUntilEmpty();
    context.addSparkListener(records);
    try {
      work.run();
      context.listenerBus().waitUntilEmpty();
    } finally {
      context.removeSparkListener(records);
    }
    return records;
  }

  long sum() {
    return sum.get();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    sum.addAndGet(end.taskMetrics().inputMetrics().recordsRead());
  }
}
