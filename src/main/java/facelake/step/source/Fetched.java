package facelake.step.source;

import facelake.image.ImageFailure;
import java.io.Serializable;

/**
 * An image with its bytes, or with the reason why there are none.
 *
 * @param bytes the whole content, or null where {@code failure} is set
 * @param failure null where the bytes are there; else of class {@code unreadable}, or {@code
 *     too-large} for content that no array should hold
 */
public record Fetched(SourceImage image, byte[] bytes, ImageFailure failure)
    implements Serializable {

  static Fetched of(SourceImage image, byte[] bytes) {
    return new Fetched(image, bytes, null);
  }

  static Fetched failed(SourceImage image, ImageFailure failure) {
    return new Fetched(image, null, failure);
  }
}
