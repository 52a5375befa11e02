package facelake.net;

import facelake.dlib.NetworkLayers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the graph of a network from the layers that dlib has loaded. */
final class GraphReader {
  /** dlib's input layers divide by this, after the average colour was taken away. */
  private static final float SCALE = 256;

  private final NetworkLayers layers;
  private final List<Graph.Node> nodes = new ArrayList<>();

  private GraphReader(NetworkLayers layers) {
    this.layers = layers;
  }

  /** The graph of a network whose input are bytes of pixels. */
  static Graph read(NetworkLayers layers) {
    return new GraphReader(layers).graph(true);
  }

  /** The graph of a network whose input was normalised before. */
  static Graph readNormalised(NetworkLayers layers) {
    return new GraphReader(layers).graph(false);
  }

  private Graph graph(boolean normalise) {
    // Places of dlib's layers among the nodes: normalising the input takes one of its own.
    int[] places = new int[layers.count()];
    for (int i = 0; i < layers.count(); i++) {
      List<Integer> inputs =
          IntStream.of(layers.inputs(i)).mapToObj(input -> places[input]).toList();
      nodes.add(new Graph.Node(layer(i), inputs));
      if (i == 0 && normalise) {
        nodes.add(new Graph.Node(normalisation(layers.parameters(i)), List.of(0)));
      }
      places[i] = nodes.size() - 1;
    }
    return new Graph(nodes);
  }

  private static Layer normalisation(float[] averages) {
    float[] factors = new float[averages.length];
    float[] summands = new float[averages.length];
    for (int i = 0; i < averages.length; i++) {
      factors[i] = 1 / SCALE;
      summands[i] = -averages[i] / SCALE;
    }
    return new Layer.Affine(factors, summands, false);
  }

  private Layer layer(int i) {
    return switch (layers.kind(i)) {
      case "input" -> new Layer.Input();
      case "con" -> convolution(i);
      case "fc" -> fullyConnected(i);
      case "affine" -> affine(layers.parameters(i));
      case "relu" -> new Layer.Relu();
      case "softmax" -> new Layer.Softmax();
      case "multiply" -> new Layer.Multiply(layers.parameters(i)[0]);
      case "max_pool" -> new Layer.Pool(Layer.Pool.Kind.MAX, window(i));
      case "avg_pool" -> new Layer.Pool(Layer.Pool.Kind.MEAN, window(i));
      case "add" -> new Layer.Add(false);
      case "concat" -> new Layer.Concat();
      default -> throw new IllegalStateException("dlib's layer " + layers.kind(i) + " is new");
    };
  }

  private Window window(int i) {
    return new Window(
        layers.attribute(i, "rows"),
        layers.attribute(i, "columns"),
        layers.attribute(i, "stride_y"),
        layers.attribute(i, "stride_x"),
        layers.attribute(i, "padding_y"),
        layers.attribute(i, "padding_x"));
  }

  private Layer convolution(int i) {
    int filters = layers.attribute(i, "filters");
    float[] parameters = parameters(i, filters);
    int weights = parameters.length - filters * layers.attribute(i, "bias");
    return new Layer.Convolution(
        window(i),
        filters,
        Arrays.copyOf(parameters, weights),
        Arrays.copyOfRange(parameters, weights, weights + filters), // zeros where there are none
        false,
        false);
  }

  private Layer fullyConnected(int i) {
    int outputs = layers.attribute(i, "outputs");
    float[] parameters = parameters(i, outputs);
    int inputs = parameters.length / outputs - layers.attribute(i, "bias");
    float[] weights = new float[inputs * outputs];
    for (int input = 0; input < inputs; input++) {
      for (int output = 0; output < outputs; output++) {
        weights[output * inputs + input] = parameters[input * outputs + output];
      }
    }
    float[] biases = Arrays.copyOfRange(parameters, inputs * outputs, inputs * outputs + outputs);
    return new Layer.FullyConnected(outputs, weights, biases, false);
  }

  /** What a layer has learnt: of a file that is not broken, a number at least for each output. */
  private float[] parameters(int i, int outputs) {
    float[] parameters = layers.parameters(i);
    if (outputs < 1 || outputs > parameters.length) {
      throw OnednnException.broken(i);
    }
    return parameters;
  }

  private static Layer affine(float[] parameters) {
    int channels = parameters.length / 2;
    return new Layer.Affine(
        Arrays.copyOf(parameters, channels),
        Arrays.copyOfRange(parameters, channels, 2 * channels),
        false);
  }
}
