package facelake.pipeline;

import facelake.dlib.Box;
import facelake.dlib.Landmarks;

/**
 * One face of one photo.
 *
 * @param box where it is, pixels of the oriented photo, the part inside the photo
 * @param boxSource who says so
 * @param detectionScore the detector's confidence; null for a centred box
 * @param landmarks 5 or 68 points, pixels of the oriented photo
 * @param sharpness variance of the Laplacian of the chip
 * @param pose how the head is turned
 * @param gender null where no classifier ran
 * @param embedding 128 floats, compared by Euclidean distance, not of unit length
 */
public record Face(
    Box box,
    BoxSource boxSource,
    Float detectionScore,
    Landmarks landmarks,
    float sharpness,
    Pose pose,
    Gender gender,
    float[] embedding) {

  /** Where a box came from. */
  public enum BoxSource {
    /** The detector found the face. */
    DETECTOR("detector"),
    /** The detector found nothing in a face crop; the box is its centre. */
    CENTRE("centre");

    private final String label;

    BoxSource(String label) {
      this.label = label;
    }

    /** The word in the column {@code faces.box_source}. */
    public String label() {
      return label;
    }
  }
}
