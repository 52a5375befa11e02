package facelake.image;

/**
 * A picture as it is stored, before its EXIF orientation is applied.
 *
 * @param image the pixels
 * @param exif where in the file's bytes the TIFF header of the EXIF block stands, or {@link
 *     #NO_EXIF}
 */
record StoredImage(RgbImage image, int exif) {
  static final int NO_EXIF = -1;
}
