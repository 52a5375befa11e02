package facelake.image;

import java.io.IOException;

/**
 * How the bytes of one format become pixels. An implementation may let any exception of a reader
 * escape; {@link ImageDecoder} makes an {@link ImageFailure} of it.
 */
interface Codec {
  /**
   * The picture as it is stored, whole or not at all.
   *
   * @param bytes a file that begins as this format does
   * @param limit asked with the declared size before memory is taken for pixels
   */
  StoredImage decode(byte[] bytes, PixelLimit limit) throws IOException, ImageFailure;
}
