package facelake.pipeline;

import java.io.Serializable;
import java.util.zip.CRC32C;

/**
 * How many randomly moved, turned and mirrored copies of a chip an embedding is the mean of (dlib's
 * {@code jitter_image}). The mean of some is nearer to the person than the embedding of the chip
 * itself, and costs as many passes of the network.
 *
 * @param copies 0 for the chip as it is
 * @param seed of what is drawn; each chip has other draws, which follow from its pixels, so that
 *     nothing depends on where and in which order chips are embedded
 */
public record Jitter(int copies, long seed) implements Serializable {
  /** The chip as it is. */
  public static final Jitter NONE = new Jitter(0, 0);

  /** Checks the number of copies. */
  public Jitter {
    if (copies < 0) {
      throw new IllegalArgumentException("%d copies of a chip".formatted(copies));
    }
  }

  /** The seed for one chip. */
  long seedOf(byte[] chip) {
    CRC32C pixels = new CRC32C();
    pixels.update(chip);
    return seed * 0x9E3779B97F4A7C15L ^ pixels.getValue();
  }

  /** As the command line has it. */
  @Override
  public String toString() {
    return seed == 0 ? Integer.toString(copies) : copies + ", seed " + seed;
  }
}
