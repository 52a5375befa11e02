package facelake.pipeline;

/**
 * A photo as it was stored, or why it could not be read.
 *
 * @param key what the caller knows it by; comes back with the result
 * @param bytes the file; null where it could not be read
 * @param unreadable why not; null where it was read
 */
public record EncodedImage<K>(K key, byte[] bytes, String unreadable) {
  /** A photo that was read. */
  public static <K> EncodedImage<K> of(K key, byte[] bytes) {
    return new EncodedImage<>(key, bytes, null);
  }

  /** A photo that storage did not hand out. */
  public static <K> EncodedImage<K> unreadable(K key, String message) {
    return new EncodedImage<>(key, null, message);
  }
}
