package facelake.dlib;

import facelake.dlib.bindings.Dlib;

/** Cuts face chips: aligned square crops, 8-bit RGB, interleaved, {@code size * size * 3} bytes. */
public final class FaceChips {
  /** dlib's default padding, used by the gender model. */
  public static final double DEFAULT_PADDING = 0.2;

  /** The padding that dlib's face recognition models were trained with. */
  public static final double RECOGNITION_PADDING = 0.25;

  private FaceChips() {}

  /**
   * Cuts the chip of one face, turned so that its landmarks lie as in dlib's mean face ({@code
   * get_face_chip_details}).
   *
   * @param size pixels a side
   * @param padding room around the face, as a part of the size of the face
   */
  public static byte[] cut(Picture picture, Landmarks landmarks, int size, double padding) {
    byte[] chip = new byte[size * size * 3];
    NativeHandle.translated(
        "cutting a chip",
        landmarks.parts() + " landmarks",
        () -> {
          Dlib.face_chip(
              picture.pointer("cutting a chip"),
              landmarks.xy(),
              landmarks.parts(),
              size,
              padding,
              chip);
          return null;
        });
    return chip;
  }

  /**
   * Makes randomly moved, scaled, turned and mirrored copies of a chip (dlib's {@code
   * jitter_image}: up to 2 % aside, 3 % larger, 3 degrees, every second one mirrored).
   *
   * @param chip a chip of {@code size} pixels a side, 8 or more
   * @param seed the same seed gives the same copies
   * @return the copies one after the other, {@code count * size * size * 3} bytes
   */
  public static byte[] jitter(byte[] chip, int size, int count, long seed) {
    requireChip(chip, size);
    DlibLibrary.load();
    byte[] chips = new byte[Math.multiplyExact(count, chip.length)];
    NativeHandle.translated(
        "jittering",
        "a chip of " + size + " pixels",
        () -> {
          Dlib.jitter_chip(chip, size, count, seed, chips);
          return null;
        });
    return chips;
  }

  /**
   * Makes random crops of a chip as dlib's ImageNet example does at test time: squares of 0.47 to
   * 0.875 of its side, every second one mirrored, colours shifted a little.
   *
   * @param chip a chip of {@code size} pixels a side, 8 or more
   * @param cropSize pixels a side of each crop
   * @param seed the same seed gives the same crops
   * @return the crops one after the other, {@code count * cropSize * cropSize * 3} bytes
   */
  public static byte[] randomCrops(byte[] chip, int size, int cropSize, int count, long seed) {
    requireChip(chip, size);
    byte[] crops = new byte[Math.multiplyExact(count, cropSize * cropSize * 3)];
    NativeHandle.translated(
        "random crops",
        "a chip of " + size + " pixels",
        () -> {
          DlibLibrary.load();
          Dlib.random_crops(chip, size, count, seed, cropSize, crops);
          return null;
        });
    return crops;
  }

  private static void requireChip(byte[] chip, int size) {
    if (chip.length != size * size * 3) {
      throw new IllegalArgumentException(
          "a chip of "
              + size
              + " pixels a side has "
              + size * size * 3
              + " bytes, not "
              + chip.length);
    }
  }
}
