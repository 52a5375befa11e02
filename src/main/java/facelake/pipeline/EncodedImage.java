package facelake.pipeline;

import facelake.image.ImageFailure;

/**
 * A photo as it was stored, or why it could not be read.
 *
 * @param key what the caller knows it by; comes back with the result
 * @param bytes the file; null where it could not be read
 * @param failure why not; null where it was read
 */
public record EncodedImage<K>(K key, byte[] bytes, ImageFailure failure) {
  /** A photo that was read. */
  public static <K> EncodedImage<K> of(K key, byte[] bytes) {
    return new EncodedImage<>(key, bytes, null);
  }
}
