package facelake.cli;

import facelake.UserError;
import facelake.step.FaultLimits;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** How much harm images may do before {@code index} gives up. */
final class FaultOptions {
  /** Set by the launcher: how often this command has crashed and was started again. */
  private static final String CRASHES = "facelake.crashes";

  /** What Spark's own default grants a task for other reasons. */
  private static final int OTHER_FAILURES = 4;

  @Option(
      names = "--image-timeout",
      defaultValue = "" + FaultLimits.DEFAULT_IMAGE_TIMEOUT,
      paramLabel = "SECONDS",
      description =
          "Give an image up when decoding it and finding its faces takes longer (default:"
              + " ${DEFAULT-VALUE}; 0 for never). It gets a row with failure class timeout.")
  private int imageTimeout;

  @Option(
      names = "--max-crashes",
      defaultValue = "" + FaultLimits.DEFAULT_MAX_CRASHES,
      paramLabel = "N",
      description =
          "Stop when more than N images were found to crash native code (default: ${DEFAULT-VALUE});"
              + " up to then each gets a row with failure class native-crash, and the rest is"
              + " processed.")
  private int maxCrashes;

  /**
   * What was asked for.
   *
   * @throws UserError when the command crashes again and again, and no image is found to blame
   */
  FaultLimits limits() {
    FindingOptions.requireAtLeast("--image-timeout", imageTimeout, 0);
    FindingOptions.requireAtLeast("--max-crashes", maxCrashes, 0);
    if (maxCrashes > FaultLimits.MOST_MAX_CRASHES) {
      throw new UserError(
          "--max-crashes is %d; give at most %d", maxCrashes, FaultLimits.MOST_MAX_CRASHES);
    }
    int crashes = Integer.getInteger(CRASHES, 0);
    FaultLimits limits = new FaultLimits(Duration.ofSeconds(imageTimeout), maxCrashes, crashes);
    if (crashes > limits.mostDeaths()) {
      throw new UserError(
          "the process has crashed %d times, which is more than --max-crashes %d images can be to"
              + " blame for. The JVM has said why, in the files that are named above",
          crashes, maxCrashes);
    }
    return limits;
  }

  /** A task may die with each process that dies, and still be tried again. */
  static Map<String, String> settings(FaultLimits limits) {
    int failures = limits.mostDeaths() + OTHER_FAILURES;
    return Map.of("spark.task.maxFailures", Integer.toString(failures));
  }
}
