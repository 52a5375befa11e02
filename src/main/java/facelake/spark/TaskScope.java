package facelake.spark;

import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lifetime of the Spark task that the current thread works for. */
public final class TaskScope {
  private static final Logger LOG = LoggerFactory.getLogger(TaskScope.class);

  private TaskScope() {}

  /**
   * Closes a resource when the task ends, be it by success, by failure or because nobody reads its
   * output any further. Resources are closed in the reverse order of this call. An error in closing
   * is logged and does not fail the task.
   *
   * @throws IllegalStateException when the current thread works for no task
   */
  public static void onCompletion(AutoCloseable resource) {
    TaskContext task = TaskContext.get();
    if (task == null) {
      throw new IllegalStateException("not inside a Spark task: nothing would close " + resource);
    }
    TaskCompletionListener closer = context -> close(resource, context);
    task.addTaskCompletionListener(closer);
  }

  private static void close(AutoCloseable resource, TaskContext task) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.warn("Could not close {} at the end of task {}", resource, task.taskAttemptId(), e);
    }
  }
}
