package facelake.pipeline;

import facelake.dlib.ChipNetwork;
import facelake.dlib.FaceChips;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Turns chips into embeddings. Belongs to one thread at a time. */
final class FaceEmbedder implements AutoCloseable {
  /** Copies of a chip in one pass of the network. */
  private static final int BATCH = 32;

  private final ChipNetwork network;
  private final Jitter jitter;

  /** Takes over the network. */
  FaceEmbedder(ChipNetwork network, Jitter jitter) {
    this.network = network;
    this.jitter = jitter;
  }

  /** Pixels a side of a chip. */
  int chipSize() {
    return network.inputSize();
  }

  /** The embedding of each chip; they do not depend on each other. */
  float[][] embed(List<byte[]> chips) {
    return jitter.copies() == 0
        ? rows(network.forward(joined(chips), chips.size()))
        : chips.stream().map(this::meanOfCopies).toArray(float[][]::new);
  }

  private float[] meanOfCopies(byte[] chip) {
    int copies = jitter.copies();
    byte[] drawn = FaceChips.jitter(chip, chipSize(), copies, jitter.seedOf(chip));
    double[] sums = new double[network.outputs()];
    for (int from = 0; from < copies; from += BATCH) {
      int to = Math.min(from + BATCH, copies);
      byte[] batch = Arrays.copyOfRange(drawn, from * chip.length, to * chip.length);
      for (float[] embedding : rows(network.forward(batch, to - from))) {
        for (int i = 0; i < sums.length; i++) {
          sums[i] += embedding[i];
        }
      }
    }
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / copies);
    }
    return mean;
  }

  private float[][] rows(float[] outputs) {
    int length = network.outputs();
    float[][] rows = new float[outputs.length / length][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(outputs, i * length, (i + 1) * length));
    return rows;
  }

  /** Chips one after the other, as networks take them. */
  static byte[] joined(List<byte[]> chips) {
    ByteBuffer all = ByteBuffer.allocate(chips.stream().mapToInt(chip -> chip.length).sum());
    chips.forEach(all::put);
    return all.array();
  }

  @Override
  public void close() {
    network.close();
  }
}
