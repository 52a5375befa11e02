package facelake.step.source;

import org.apache.spark.util.TaskCompletionListener;

/** Closes something when the task ends, also by failure or an early stop. */
interface Closing extends TaskCompletionListener {

  static Closing of(AutoCloseable open) {
    return task -> {
      try {
        open.close();
      } catch (Exception e) {
        throw new IllegalStateException("Closing " + open, e);
      }
    };
  }
}
