package facelake.job;

import facelake.UserError;
import org.apache.hadoop.conf.Configuration;

/**
 * Under which distance two faces are one person: a number, or what {@link CalibrateJob} found for
 * the embedder of the faces.
 */
public sealed interface DistanceThreshold {
  /** How an option names a calibrated threshold. */
  String CALIBRATED = "calibrated:";

  /**
   * A distance.
   *
   * @param distance over 0
   */
  record Fixed(double distance) implements DistanceThreshold {
    @Override
    public double of(String embedder, Configuration hadoop) {
      return distance;
    }

    @Override
    public String toString() {
      return Double.toString(distance);
    }
  }

  /**
   * A threshold that stands in a file.
   *
   * @param file of {@link CalibrateJob}
   * @param group {@code KIND=GROUP}; empty for all people
   */
  record Calibrated(String file, String group) implements DistanceThreshold {
    @Override
    public double of(String embedder, Configuration hadoop) {
      double distance =
          TextFile.read(
              file, hadoop, (in, name) -> CalibrationFile.threshold(in, name, group, embedder));
      if (!isDistance(distance)) {
        throw new UserError("%s has the threshold %s, which is no distance", file, distance);
      }
      return distance;
    }

    @Override
    public String toString() {
      return CALIBRATED + file + (group.isEmpty() ? "" : "#" + group);
    }
  }

  /**
   * The distance for embeddings.
   *
   * @param embedder as in {@code faces.embedder}
   * @throws UserError when a file has none for them
   */
  double of(String embedder, Configuration hadoop);

  /** The distance and where it comes from: {@code 0.54 calibrated:FILE}. */
  default String described(double distance) {
    return this instanceof Fixed ? toString() : distance + " " + this;
  }

  private static boolean isDistance(double distance) {
    return (float) distance > 0 && !Double.isInfinite(distance);
  }

  /** A distance. */
  static DistanceThreshold fixed(double distance) {
    if (!isDistance(distance)) {
      throw new UserError(
          "--threshold %s is no distance; give a number over 0, such as 0.6 for dlib's models, or"
              + " calibrated:FILE",
          distance);
    }
    return new Fixed(distance);
  }

  /**
   * Reads the value of an option: a distance, {@code calibrated:FILE} or {@code
   * calibrated:FILE#KIND=GROUP}.
   *
   * @throws UserError when it is none of these
   */
  static DistanceThreshold parse(String text) {
    if (text.startsWith(CALIBRATED)) {
      String file = text.substring(CALIBRATED.length());
      int group = file.indexOf('=') < 0 ? -1 : file.lastIndexOf('#');
      if (file.isBlank() || group == 0) {
        throw new UserError("--threshold %s names no file; give calibrated:FILE", text);
      }
      return group < 0
          ? new Calibrated(file, "")
          : new Calibrated(file.substring(0, group), file.substring(group + 1));
    }
    try {
      return fixed(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new UserError(
          e, "--threshold %s is no distance; give a number such as 0.6, or calibrated:FILE", text);
    }
  }
}
