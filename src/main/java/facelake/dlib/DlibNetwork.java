package facelake.dlib;

/**
 * A network that dlib has read and runs on its own CPU code with OpenBLAS, one thread: chips in,
 * embeddings or class probabilities out. What a chip gives does not depend on the batch it is in.
 * Belongs to one thread at a time.
 */
public final class DlibNetwork implements ChipNetwork {
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

  @Override
  public DlibNetwork copy() {
    return new DlibNetwork(handle.copy(facelake.dlib.bindings.Network::new));
  }

  /**
   * What an embedder was trained for.
   *
   * @param distanceThreshold two faces of one person are nearer, those of two are farther
   * @param margin and both by this much at least
   */
  public record MetricLoss(float distanceThreshold, float margin) {
    /** 0.6 for the float 0.6, whose nearest double is 0.60000002. */
    public double thresholdAsWritten() {
      return Double.parseDouble(Float.toString(distanceThreshold));
    }
  }

  /** What an embedder was trained for; zeros for a classifier. */
  public MetricLoss metricLoss() {
    return handle.call(
        "reading its loss",
        network -> new MetricLoss(network.distance_threshold(), network.margin()));
  }

  /** The layers, as dlib has read them; the caller closes them. */
  public NetworkLayers layers() {
    return NetworkLayers.of(handle);
  }

  @Override
  public int inputSize() {
    return inputSize;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public float[] forward(byte[] chips, int count) {
    ChipNetwork.requireChips(chips, count, inputSize);
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
