package facelake.job;

import facelake.eval.Calibration;
import java.util.List;

/**
 * Thresholds for a false match rate.
 *
 * @param falseMatchRate that was asked for
 * @param thresholds for each embedder one for all people, and then one for each group
 * @param seconds that it took
 */
public record CalibrateResult(double falseMatchRate, List<Calibrated> thresholds, double seconds) {

  /**
   * The threshold of an embedder.
   *
   * @param embedder as in {@code faces.embedder}
   * @param kind of the group; empty for all people
   * @param group its name; empty for all people
   * @param faces that were compared
   * @param people that they show
   * @param genuinePairs pairs of one person
   * @param impostorPairs pairs of two people
   * @param calibration the threshold
   */
  public record Calibrated(
      String embedder,
      String kind,
      String group,
      long faces,
      long people,
      long genuinePairs,
      long impostorPairs,
      Calibration calibration) {
    /** Whether it is for all people. */
    public boolean isForAll() {
      return kind.isEmpty();
    }
  }
}
