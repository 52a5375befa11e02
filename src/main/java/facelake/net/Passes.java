package facelake.net;

import facelake.net.Layer.Add;
import facelake.net.Layer.Affine;
import facelake.net.Layer.Convolution;
import facelake.net.Layer.Extend;
import facelake.net.Layer.FullyConnected;
import facelake.net.Layer.Multiply;
import facelake.net.Layer.Relu;
import facelake.net.Layer.ShiftedSum;
import java.util.List;

/**
 * What makes a graph smaller before it is compiled. Each pass keeps the results, but for the
 * rounding of what it computes beforehand.
 */
final class Passes {
  private Passes() {}

  /** All passes, for inputs of one shape, which the graph must fit. */
  static Graph all(Graph graph, Shape input) {
    graph.requireFitting(input);
    Graph folded =
        graph
            .fuse(Passes::convolutionThenAffine)
            .fuse(Passes::affineThenConvolution)
            .fuse(Passes::multiplyThenFullyConnected)
            .expand(Passes::rowsOfOneFilter);
    return addIntoConvolution(extendSummands(folded, input)).fuse(Passes::relu);
  }

  /** Folds an affine layer into the convolution before it. */
  static Layer convolutionThenAffine(Layer below, Layer above) {
    if (!(below instanceof Convolution convolution) || convolution.relu()) {
      return null;
    }
    if (!(above instanceof Affine affine)) {
      return null;
    }
    float[] weights = convolution.weights().clone();
    float[] biases = convolution.biases().clone();
    int each = weights.length / convolution.filters();
    for (int filter = 0; filter < biases.length; filter++) {
      float factor = affine.factors()[filter];
      for (int i = filter * each; i < (filter + 1) * each; i++) {
        weights[i] *= factor;
      }
      biases[filter] = biases[filter] * factor + affine.summands()[filter];
    }
    return affine.relu()
        ? convolution.with(weights, biases).withRelu()
        : convolution.with(weights, biases);
  }

  /**
   * Folds an affine layer, such as the normalisation of the input, into the convolution after it.
   * Not where that one is padded: its zeros stand after the affine layer.
   */
  static Layer affineThenConvolution(Layer below, Layer above) {
    if (!(below instanceof Affine affine) || affine.relu()) {
      return null;
    }
    if (!(above instanceof Convolution convolution) || convolution.window().isPadded()) {
      return null;
    }
    float[] weights = convolution.weights().clone();
    float[] biases = convolution.biases().clone();
    int channels = convolution.channels();
    int each = convolution.window().rows() * convolution.window().columns();
    for (int filter = 0; filter < biases.length; filter++) {
      double bias = biases[filter];
      for (int channel = 0; channel < channels; channel++) {
        for (int i = 0; i < each; i++) {
          int at = (filter * channels + channel) * each + i;
          bias += (double) weights[at] * affine.summands()[channel];
          weights[at] *= affine.factors()[channel];
        }
      }
      biases[filter] = (float) bias;
    }
    return convolution.with(weights, biases);
  }

  /** Folds a factor into the fully connected layer after it. */
  static Layer multiplyThenFullyConnected(Layer below, Layer above) {
    if (!(below instanceof Multiply multiply)
        || !(above instanceof FullyConnected fullyConnected)) {
      return null;
    }
    float[] weights = fullyConnected.weights().clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= multiply.factor();
    }
    return new FullyConnected(
        fullyConnected.outputs(), weights, fullyConnected.biases(), fullyConnected.relu());
  }

  /** Lets the layer before a relu do it. */
  static Layer relu(Layer below, Layer above) {
    return above instanceof Relu ? below.withRelu() : null;
  }

  /**
   * A tall convolution with one filter leaves most of a vector unit idle. Its rows become filters
   * of a flat one, whose outputs are then moved and added.
   */
  static List<Layer> rowsOfOneFilter(Layer layer) {
    if (!(layer instanceof Convolution convolution)) {
      return List.of(layer);
    }
    Window window = convolution.window();
    boolean keepsSize =
        window.strideY() == 1 && window.rows() > 1 && 2 * window.paddingY() == window.rows() - 1;
    if (convolution.filters() != 1 || !keepsSize || convolution.relu()) {
      return List.of(layer);
    }
    int rows = window.rows();
    int columns = window.columns();
    int channels = convolution.channels();
    float[] weights = new float[convolution.weights().length];
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          weights[(row * channels + channel) * columns + column] =
              convolution.weights()[(channel * rows + row) * columns + column];
        }
      }
    }
    // The middle row is inside for every output, so that it may carry the bias.
    float[] biases = new float[rows];
    biases[rows / 2] = convolution.biases()[0];
    Window flat = new Window(1, columns, 1, window.strideX(), 0, window.paddingX());
    return List.of(new Convolution(flat, rows, weights, biases, false, false), new ShiftedSum());
  }

  /** Extends the smaller summand, so that both have the shape of the sum. */
  static Graph extendSummands(Graph graph, Shape input) {
    List<Shape> shapes = graph.shapes(input);
    Graph.Rewriting rewriting = new Graph.Rewriting(graph.nodes().size());
    for (int i = 0; i < graph.nodes().size(); i++) {
      Graph.Node node = graph.nodes().get(i);
      if (!(node.layer() instanceof Add)) {
        rewriting.add(i, node);
        continue;
      }
      Shape sum = shapes.get(i);
      List<Integer> summands =
          node.inputs().stream()
              .map(
                  old ->
                      shapes.get(old).equals(sum)
                          ? rewriting.place(old)
                          : rewriting.insert(new Extend(sum), rewriting.place(old)))
              .toList();
      rewriting.addMoved(i, new Graph.Node(node.layer(), summands));
    }
    return rewriting.graph();
  }

  /** Lets a convolution add the other summand to its own result, where nobody else reads that. */
  static Graph addIntoConvolution(Graph graph) {
    int[] readers = graph.readers();
    Graph.Rewriting rewriting = new Graph.Rewriting(graph.nodes().size());
    boolean[] moved = new boolean[graph.nodes().size()];
    int[] adder = adders(graph, readers);
    for (int i = 0; i < adder.length; i++) {
      if (adder[i] >= 0) {
        moved[adder[i]] = true;
      }
    }
    for (int i = 0; i < graph.nodes().size(); i++) {
      Graph.Node node = graph.nodes().get(i);
      if (moved[i]) {
        continue; // it runs where its sum is needed, when both summands are there
      }
      if (adder[i] < 0) {
        rewriting.add(i, node);
        continue;
      }
      Graph.Node convolution = graph.nodes().get(adder[i]);
      int residual = node.inputs().get(0) == adder[i] ? node.inputs().get(1) : node.inputs().get(0);
      rewriting.add(
          i,
          new Graph.Node(
              ((Convolution) convolution.layer()).withResidual(),
              List.of(convolution.inputs().get(0), residual)));
    }
    return rewriting.graph();
  }

  /** For each sum, the convolution that can take it over, or -1. */
  private static int[] adders(Graph graph, int[] readers) {
    int[] adders = new int[graph.nodes().size()];
    for (int i = 0; i < adders.length; i++) {
      Graph.Node node = graph.nodes().get(i);
      adders[i] = -1;
      if (node.layer() instanceof Add) {
        adders[i] =
            node.inputs().stream()
                .filter(summand -> readers[summand] == 1)
                .filter(
                    summand ->
                        graph.nodes().get(summand).layer() instanceof Convolution convolution
                            && !convolution.relu()
                            && !convolution.residual())
                .findFirst()
                .orElse(-1);
      }
    }
    return adders;
  }
}
