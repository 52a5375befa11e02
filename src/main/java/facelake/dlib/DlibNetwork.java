package facelake.dlib;

/**
 * A network that dlib has read and runs on its own CPU code with OpenBLAS, one thread: chips in,
 * embeddings or class probabilities out. What a chip gives does not depend on the batch it is in.
 * Belongs to one thread at a time.
 */
public final class DlibNetwork implements AutoCloseable {
  private final NativeHandle<facelake.dlib.bindings.Network> handle;
  private final int inputSize;
  private final int outputs;

  private DlibNetwork(NativeHandle<facelake.dlib.bindings.Network> handle) {
    this.handle = handle;
    this.inputSize = handle.call("loading", facelake.dlib.bindings.Network::input_size);
    this.outputs = handle.call("loading", facelake.dlib.bindings.Network::outputs);
  }

  /**
   * Reads a network; the caller closes it.
   *
   * @param name the model's name, for messages
   * @param model the bytes of the decompressed model file
   * @throws DlibException if the bytes are no network of that architecture
   */
  public static DlibNetwork load(Architecture architecture, String name, byte[] model) {
    return new DlibNetwork(
        NativeHandle.open(
            "loading",
            "model " + name,
            () ->
                new facelake.dlib.bindings.Network(
                    architecture.label(), model, (long) model.length)));
  }

  /** A network with the same weights for another thread. */
  public DlibNetwork copy() {
    return new DlibNetwork(handle.copy(facelake.dlib.bindings.Network::new));
  }

  /** Pixels a side of the chips that go in. */
  public int inputSize() {
    return inputSize;
  }

  /** Numbers that come out for each chip. */
  public int outputs() {
    return outputs;
  }

  /**
   * Runs a batch.
   *
   * @param chips {@code count} chips one after the other, each {@code inputSize * inputSize * 3}
   *     bytes
   * @return {@code count * outputs} numbers: embeddings, or probabilities that sum to 1 for each
   *     chip
   */
  public float[] forward(byte[] chips, int count) {
    if (chips.length != (long) count * inputSize * inputSize * 3) {
      throw new IllegalArgumentException(
          count
              + " chips of "
              + inputSize
              + " pixels a side have "
              + (long) count * inputSize * inputSize * 3
              + " bytes, not "
              + chips.length);
    }
    float[] out = new float[count * outputs];
    handle.call(
        "a forward pass",
        network -> {
          network.forward(chips, count, out);
          return null;
        });
    return out;
  }

  @Override
  public void close() {
    handle.close();
  }
}
