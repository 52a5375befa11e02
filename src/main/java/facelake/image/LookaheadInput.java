package facelake.image;

import java.util.Arrays;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of a picture for a reader that goes on where its data stop. Zeros follow, as many as a
 * decoder looks ahead in a picture that is whole; behind them comes an exception that the reader
 * does not take for the end: it would go on for each pixel that the picture declares.
 */
final class LookaheadInput extends ImageInputStreamImpl {
  private static final int LOOKAHEAD = 64;

  private final byte[] bytes;

  LookaheadInput(byte[] bytes) {
    this.bytes = Arrays.copyOf(bytes, bytes.length + LOOKAHEAD);
  }

  @Override
  public int read() {
    requireMore();
    bitOffset = 0;
    return bytes[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    requireMore();
    bitOffset = 0;
    int count = Math.min(length, bytes.length - (int) streamPos);
    System.arraycopy(bytes, (int) streamPos, to, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length - LOOKAHEAD;
  }

  private void requireMore() {
    if (streamPos >= bytes.length) {
      throw new IllegalStateException("the data stop at byte " + length());
    }
  }
}
