package facelake.pipeline;

import facelake.dlib.Landmarks;

/**
 * How a head is turned, estimated from landmarks; good for sorting faces, not a measurement.
 *
 * @param roll degrees in the plane of the picture, positive clockwise, -180 to 180
 * @param yaw degrees to the side, positive when the nose points to the right of the picture, -90 to
 *     90
 */
public record Pose(float roll, float yaw) {
  /**
   * How far the base of the nose stands before the line of the eyes, as a part of the distance
   * between the centres of the eyes: about 25 mm of 63 mm in adults.
   */
  private static final double NOSE_DEPTH = 0.4;

  /**
   * Estimates the pose: roll from the line of the eyes, yaw from how far the base of the nose has
   * left the middle between them. A head turned by t shows an eye distance of D cos t and moves the
   * nose by d sin t, so tan t = (moved / shown distance) / (d / D).
   */
  public static Pose of(Landmarks landmarks) {
    double[] left;
    double[] right;
    int nose;
    if (landmarks.parts() == 5) {
      right = middle(landmarks, 0, 2);
      left = middle(landmarks, 2, 4);
      nose = 4;
    } else {
      left = middle(landmarks, 36, 42);
      right = middle(landmarks, 42, 48);
      nose = 33;
    }
    double dx = right[0] - left[0];
    double dy = right[1] - left[1];
    double squared = dx * dx + dy * dy;
    if (squared == 0) {
      return new Pose(0, 0);
    }
    double noseX = landmarks.x(nose) - (left[0] + right[0]) / 2;
    double noseY = landmarks.y(nose) - (left[1] + right[1]) / 2;
    double moved = (noseX * dx + noseY * dy) / squared;
    return new Pose(
        (float) Math.toDegrees(Math.atan2(dy, dx)),
        (float) Math.toDegrees(Math.atan(moved / NOSE_DEPTH)));
  }

  private static double[] middle(Landmarks landmarks, int from, int to) {
    double x = 0;
    double y = 0;
    for (int part = from; part < to; part++) {
      x += landmarks.x(part);
      y += landmarks.y(part);
    }
    return new double[] {x / (to - from), y / (to - from)};
  }
}
