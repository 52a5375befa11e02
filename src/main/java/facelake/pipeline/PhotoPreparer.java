package facelake.pipeline;

import java.util.function.Consumer;

/**
 * Does all that needs the picture itself: decodes a photo, finds its faces and cuts them out.
 * Belongs to one thread at a time.
 */
interface PhotoPreparer extends AutoCloseable {
  /**
   * Prepares a photo; what is wrong with it stands in the result.
   *
   * @param before is told the photo's key by the thread that works on it, before it does
   */
  <K> Photo<K> prepare(EncodedImage<K> source, Consumer<? super K> before);

  @Override
  void close();
}
