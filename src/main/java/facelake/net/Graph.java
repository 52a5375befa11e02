package facelake.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A network as layers in the order in which they run. The first is the only {@link Layer.Input},
 * the last one's output is the network's.
 */
record Graph(List<Node> nodes) {
  /**
   * A layer and where its inputs come from.
   *
   * @param inputs places of earlier nodes
   */
  record Node(Layer layer, List<Integer> inputs) {
    Node {
      inputs = List.copyOf(inputs);
    }
  }

  Graph {
    nodes = List.copyOf(nodes);
  }

  /** How many nodes read each node. */
  int[] readers() {
    int[] readers = new int[nodes.size()];
    nodes.forEach(node -> node.inputs().forEach(input -> readers[input]++));
    return readers;
  }

  /** The last node that reads each node; 0 where none does. */
  int[] lastReaders() {
    int[] last = new int[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      for (int input : nodes.get(i).inputs()) {
        last[input] = i;
      }
    }
    return last;
  }

  /** The shape of each node's output for an input of that shape. */
  List<Shape> shapes(Shape input) {
    List<Shape> shapes = new ArrayList<>();
    for (Node node : nodes) {
      shapes.add(
          node.layer() instanceof Layer.Input
              ? input
              : node.layer().shape(node.inputs().stream().map(shapes::get).toList()));
    }
    return shapes;
  }

  /**
   * Refuses a graph of a broken file, for which oneDNN would read beyond its memory.
   *
   * @throws OnednnException if a layer has learnt other numbers than inputs of that shape need
   */
  void requireFitting(Shape input) {
    List<Shape> shapes = shapes(input);
    for (int i = 1; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      if (!node.layer().fits(node.inputs().stream().map(shapes::get).toList())) {
        throw OnednnException.broken(i);
      }
    }
  }

  /** Multiplications and additions of convolutions and fully connected layers, in 10^9. */
  double gflop(Shape input) {
    List<Shape> shapes = shapes(input);
    double products = 0;
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).layer() instanceof Layer.Convolution convolution) {
        Shape output = shapes.get(i);
        products += (double) convolution.weights().length * output.height() * output.width();
      } else if (nodes.get(i).layer() instanceof Layer.FullyConnected fullyConnected) {
        products += fullyConnected.weights().length;
      }
    }
    return 2 * products / 1e9;
  }

  /** The layers up to a node, as a graph of their own. */
  Graph upTo(int node) {
    return new Graph(nodes.subList(0, node + 1));
  }

  /** The layers after a node of a chain, whose output is the input of the new graph. */
  Graph after(int node) {
    List<Node> rest = new ArrayList<>(List.of(new Node(new Layer.Input(), List.of())));
    for (Node later : nodes.subList(node + 1, nodes.size())) {
      rest.add(
          new Node(later.layer(), later.inputs().stream().map(input -> input - node).toList()));
    }
    return new Graph(rest);
  }

  /**
   * The graph in which pairs of layers have become one: a layer and the only reader of its output.
   *
   * @param fusion gives one layer for a lower and an upper layer, or null to leave both
   */
  Graph fuse(BiFunction<Layer, Layer, Layer> fusion) {
    int[] readers = readers();
    Rewriting rewriting = new Rewriting(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      Node upper = nodes.get(i);
      int below = upper.inputs().isEmpty() ? -1 : upper.inputs().get(0);
      Layer fused = null;
      if (upper.inputs().size() == 1 && readers[below] == 1) {
        fused = fusion.apply(rewriting.get(below).layer(), upper.layer());
      }
      if (fused == null) {
        rewriting.add(i, upper);
      } else {
        rewriting.replace(i, below, fused);
      }
    }
    return rewriting.graph();
  }

  /**
   * The graph in which layers have become several in a row.
   *
   * @param expansion gives the layers that a layer becomes, lowest first; itself to leave it
   */
  Graph expand(Function<Layer, List<Layer>> expansion) {
    Rewriting rewriting = new Rewriting(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      List<Layer> layers = expansion.apply(nodes.get(i).layer());
      rewriting.add(i, new Node(layers.get(0), nodes.get(i).inputs()));
      layers.stream().skip(1).forEach(rewriting::stack);
    }
    return rewriting.graph();
  }

  /** A new graph in the making, with the new places of old nodes. */
  static final class Rewriting {
    private final List<Node> nodes = new ArrayList<>();
    private final int[] places;
    private int last;

    Rewriting(int size) {
      places = new int[size];
      Arrays.fill(places, -1);
    }

    /** The new node that stands for an old one. */
    Node get(int old) {
      return nodes.get(places[old]);
    }

    /** Where the output of an old node is now. */
    int place(int old) {
      return places[old];
    }

    /** Adds an old node; its inputs are old places. */
    void add(int old, Node node) {
      addMoved(old, new Node(node.layer(), node.inputs().stream().map(this::place).toList()));
    }

    /** Adds an old node whose inputs are new places already. */
    void addMoved(int old, Node node) {
      last = old;
      places[old] = nodes.size();
      nodes.add(node);
    }

    /** Adds a node that stands for no old one; gives its place. */
    int insert(Layer layer, int input) {
      nodes.add(new Node(layer, List.of(input)));
      return nodes.size() - 1;
    }

    /** Puts a layer on top of the old node that was added last. */
    void stack(Layer layer) {
      places[last] = insert(layer, places[last]);
    }

    /** Lets one layer stand for two old nodes, at the place of the lower. */
    void replace(int old, int below, Layer layer) {
      places[old] = places[below];
      nodes.set(places[old], new Node(layer, nodes.get(places[old]).inputs()));
    }

    Graph graph() {
      return new Graph(nodes);
    }
  }
}
