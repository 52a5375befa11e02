package facelake.pipeline;

import java.time.Duration;

/**
 * How long one photo may take until its faces are found and cut out. Native code cannot be stopped:
 * a thread that is over its time is left behind with what it uses, and another one goes on.
 *
 * @param limit zero for none
 * @param mostHanging threads that may be left behind and still at work in one JVM
 */
public record ImageTimeout(Duration limit, int mostHanging) {
  /** Photos may take as long as they take. */
  public static final ImageTimeout NONE = new ImageTimeout(Duration.ZERO, 0);

  boolean isNone() {
    return limit.isZero();
  }
}
