package facelake.dlib;

/**
 * A face that a detector found.
 *
 * @param box where, in pixels of the picture that went in
 * @param score the detector's confidence; above 0 (plus the adjustment) by definition, without an
 *     upper bound, and not comparable between detectors
 */
public record Detection(Box box, float score) {}
