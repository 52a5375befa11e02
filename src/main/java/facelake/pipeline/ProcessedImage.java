package facelake.pipeline;

import facelake.image.ImageFailure;
import facelake.image.ImageFormat;
import java.util.List;

/**
 * What became of a photo.
 *
 * @param key the caller's key
 * @param imageId SHA-256 of the bytes, hex; null where they could not be read
 * @param bytes the file's length; null where it could not be read
 * @param picture facts of the decoded picture; null where it could not be decoded
 * @param faces best first; empty where there are none or the photo failed
 * @param failure why there is no result; null where there is one
 */
public record ProcessedImage<K>(
    K key,
    String imageId,
    Long bytes,
    PictureFacts picture,
    List<Face> faces,
    ImageFailure failure) {

  /** The same with these faces only. */
  public ProcessedImage<K> withFaces(List<Face> some) {
    return new ProcessedImage<>(key, imageId, bytes, picture, some, failure);
  }

  /**
   * What a decoded picture is.
   *
   * @param width pixels, after the orientation was applied
   * @param height pixels, after the orientation was applied
   * @param orientation the EXIF orientation that was applied, 1 to 8
   * @param perceptualHash 64 bits that stay nearly the same when a picture is resized or compressed
   */
  public record PictureFacts(
      int width, int height, ImageFormat format, int orientation, long perceptualHash) {}
}
