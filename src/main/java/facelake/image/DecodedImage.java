package facelake.image;

/**
 * A picture as a person would see it.
 *
 * @param image the pixels after the EXIF orientation was applied
 * @param format what the bytes were
 * @param orientation the EXIF orientation, 1 to 8, that was applied; 1 where there is none
 */
public record DecodedImage(RgbImage image, ImageFormat format, int orientation) {}
