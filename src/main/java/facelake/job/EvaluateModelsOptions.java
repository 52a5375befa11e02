package facelake.job;

import facelake.table.Lake;
import java.util.List;
import java.util.Optional;

/**
 * What {@link EvaluateModelsJob} is to do.
 *
 * @param lakes whose faces are grouped, at least one
 * @param datasets empty for all of each lake
 * @param calibration how the calibrated threshold is found
 * @param seed of the draw of faces to calibrate by, and of the grouping
 * @param folder a new folder for all figures and contact sheets; empty to write none
 */
public record EvaluateModelsOptions(
    List<Lake> lakes,
    List<String> datasets,
    Thresholds calibration,
    long seed,
    Optional<String> folder) {

  /** How the calibrated threshold is found. */
  public sealed interface Thresholds {
    /**
     * By the same faces.
     *
     * @param falseMatchRate as in {@link CalibrateOptions}
     */
    record SameFaces(double falseMatchRate) implements Thresholds {
      /** Checks the rate. */
      public SameFaces {
        CalibrateOptions.requireRate(falseMatchRate);
      }
    }

    /** By a file of {@link CalibrateJob}. */
    record OfFile(DistanceThreshold.Calibrated threshold) implements Thresholds {}
  }
}
