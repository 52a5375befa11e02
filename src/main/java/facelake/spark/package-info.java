/**
 * How facelake stands on Spark; knows nothing of faces.
 *
 * <p>{@link facelake.spark.Sessions} gives a session, embedded or under spark-submit, and {@link
 * facelake.spark.GeneratedCode} says when compiling queries pays. Inside tasks, resources have one
 * of two lifetimes: what lives as long as the executor (models) is held by a {@link
 * facelake.spark.PerExecutor}; what lives as long as a task (handles, buffers) is closed by {@link
 * facelake.spark.TaskScope}.
 */
package facelake.spark;
