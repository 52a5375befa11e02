/**
 * What tasks were at when their process died, kept in the lake while a run works.
 *
 * <p>A native library that crashes takes the whole JVM with it, and nobody is left to say over
 * which image. So a task leaves a {@link facelake.step.journal.TaskClaim} on its images before it
 * begins and takes it back when it ends. A claim that a later attempt finds says that a process
 * died there: that attempt takes its images one by one, and an image over which processes died
 * again becomes a failed row.
 */
package facelake.step.journal;
