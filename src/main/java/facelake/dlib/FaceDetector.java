package facelake.dlib;

import java.util.List;

/** Finds faces in pictures. Belongs to one thread at a time. */
public interface FaceDetector extends AutoCloseable {
  /**
   * Finds faces, best first.
   *
   * @param upsample how many times the picture is doubled before; each time halves the smallest
   *     face that can be found and costs four times the work. Boxes are in pixels of the picture as
   *     it came.
   * @param adjust added to dlib's threshold for the score: 0 is dlib's own, -0.9 finds more, among
   *     them more that are no faces
   */
  List<Detection> detect(Picture picture, int upsample, double adjust);

  /** A detector for another thread. */
  FaceDetector copy();

  @Override
  void close();
}
