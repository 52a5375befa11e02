package facelake.dlib;

/**
 * Points of one face: 5 (outer and inner corner of the eye on the right of the picture, the same of
 * the other eye, base of the nose) or 68 (the iBUG scheme).
 *
 * @param xy x and y by turns, pixels of the picture; not copied
 */
public record Landmarks(int[] xy) {
  /** How many points there are, 5 or 68. */
  public int parts() {
    return xy.length / 2;
  }

  /** The x of a point, from 0. */
  public int x(int part) {
    return xy[2 * part];
  }

  /** The y of a point, from 0. */
  public int y(int part) {
    return xy[2 * part + 1];
  }
}
