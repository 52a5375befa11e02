package facelake.job;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a run of {@link IndexJob} did.
 *
 * @param runId the run; empty of effect where nothing was pending
 * @param images images processed: with faces, without, and failed
 * @param faces faces written
 * @param noFace processed images without a face
 * @param failures failed images by class
 * @param unchanged images left alone
 * @param failedBefore how many of these failed in an earlier run
 * @param removed images that are no longer in the inputs
 * @param forgotten images of forgotten people, which have no row
 * @param skipped files of the inputs that are no images, by suffix
 * @param warnings sentences about the inputs for the user
 * @param pipeline fingerprint of options and models
 * @param modelLoads how often the models were loaded, over all executor JVMs
 * @param selfCheck greatest distance of the embedding of a test chip from the recorded one
 * @param seconds of the whole run
 */
public record IndexResult(
    String runId,
    long images,
    long faces,
    long noFace,
    Map<String, Long> failures,
    long unchanged,
    long failedBefore,
    long removed,
    long forgotten,
    Map<String, Long> skipped,
    List<String> warnings,
    String pipeline,
    long modelLoads,
    OptionalDouble selfCheck,
    double seconds) {

  /** The same, with so many more images of forgotten people. */
  IndexResult withForgotten(long more) {
    return new IndexResult(
        runId,
        images,
        faces,
        noFace,
        failures,
        unchanged,
        failedBefore,
        removed,
        forgotten + more,
        skipped,
        warnings,
        pipeline,
        modelLoads,
        selfCheck,
        seconds);
  }

  /** Whether the tables already said what the inputs hold. */
  public boolean isNothingToDo() {
    return images == 0 && removed == 0;
  }

  /** Images that failed. */
  public long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Images processed per second of the whole run. */
  public double imagesPerSecond() {
    return seconds == 0 ? 0 : images / seconds;
  }
}
