package facelake.step;

import facelake.pipeline.ImageTimeout;
import facelake.step.journal.TaskClaim;
import java.io.Serializable;
import java.time.Duration;

/**
 * How much harm images may do before a run gives up.
 *
 * @param imageTimeout how long the faces of one image may take to be found; zero for no limit
 * @param maxCrashes images that may have ended their process
 * @param crashes how often the process has ended already, and was started again by the launcher
 */
public record FaultLimits(Duration imageTimeout, int maxCrashes, int crashes)
    implements Serializable {
  /** Seconds of {@link #imageTimeout} where nothing else is said. */
  public static final int DEFAULT_IMAGE_TIMEOUT = 60;

  /** The default of {@link #maxCrashes}. */
  public static final int DEFAULT_MAX_CRASHES = 10;

  /** The most of {@link #maxCrashes}: more would be no limit. */
  public static final int MOST_MAX_CRASHES = 10_000;

  /** Images over their time that may still be at work in one process, each on a processor. */
  private static final int MOST_HANGING = 10;

  /** Limits where nothing else is said. */
  public static final FaultLimits DEFAULT =
      new FaultLimits(Duration.ofSeconds(DEFAULT_IMAGE_TIMEOUT), DEFAULT_MAX_CRASHES, 0);

  /**
   * Processes that may die before there are too many such images: over each image one dies with
   * others in hand, and then as many as prove its guilt.
   */
  public int mostDeaths() {
    return (maxCrashes + 1) * (1 + TaskClaim.PROOF);
  }

  ImageTimeout timeout() {
    return new ImageTimeout(imageTimeout, MOST_HANGING);
  }
}
