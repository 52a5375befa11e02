package facelake.dlib;

import java.util.function.Function;

/**
 * The layers of a network that dlib has read, from the input on, for whoever runs them otherwise.
 * Layers are numbered in the order in which they run; tags and skips are resolved to the layers
 * that they mean.
 */
public final class NetworkLayers implements AutoCloseable {
  private final NativeHandle<facelake.dlib.bindings.Layers> handle;

  private NetworkLayers(NativeHandle<facelake.dlib.bindings.Layers> handle) {
    this.handle = handle;
  }

  static NetworkLayers of(NativeHandle<facelake.dlib.bindings.Network> network) {
    return new NetworkLayers(
        network.call("reading layers", net -> layers(new facelake.dlib.bindings.Layers(net))));
  }

  static NetworkLayers ofDetector(NativeHandle<facelake.dlib.bindings.MmodDetector> detector) {
    return new NetworkLayers(
        detector.call("reading layers", net -> layers(new facelake.dlib.bindings.Layers(net))));
  }

  private static NativeHandle<facelake.dlib.bindings.Layers> layers(
      facelake.dlib.bindings.Layers layers) {
    return NativeHandle.open("reading layers", "a network", () -> layers);
  }

  /** How many layers there are; the last one's output is the network's. */
  public int count() {
    return call(facelake.dlib.bindings.Layers::count);
  }

  /**
   * What a layer does: {@code input, con, fc, affine, relu, softmax, multiply, max_pool, avg_pool,
   * add} or {@code concat}.
   */
  public String kind(int layer) {
    return call(layers -> layers.kind(layer).getString());
  }

  /** The layers whose outputs a layer reads. */
  public int[] inputs(int layer) {
    int[] inputs = new int[call(layers -> layers.inputs(layer))];
    for (int i = 0; i < inputs.length; i++) {
      int index = i;
      inputs[i] = call(layers -> layers.input(layer, index));
    }
    return inputs;
  }

  /**
   * A number that shapes a layer: {@code filters, rows, columns, stride_y, stride_x, padding_y,
   * padding_x, outputs, bias} (0 or 1). A pool of 0 rows takes all there are.
   */
  public int attribute(int layer, String name) {
    return call(layers -> layers.attribute(layer, name));
  }

  /**
   * What a layer has learnt. {@code input}: average red, green and blue. {@code con}: weights,
   * filters x channels x rows x columns, then biases. {@code fc}: weights, inputs x outputs, then
   * biases. {@code affine}: a factor for each channel, then a summand for each. {@code multiply}:
   * the factor.
   */
  public float[] parameters(int layer) {
    float[] parameters = new float[Math.toIntExact(call(layers -> layers.parameters(layer)))];
    handle.call(
        "reading layers",
        layers -> {
          layers.copy_parameters(layer, parameters);
          return null;
        });
    return parameters;
  }

  private <R> R call(Function<facelake.dlib.bindings.Layers, R> call) {
    return handle.call("reading layers", call);
  }

  @Override
  public void close() {
    handle.close();
  }
}
