package facelake.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import facelake.net.Layer.Add;
import facelake.net.Layer.Affine;
import facelake.net.Layer.Concat;
import facelake.net.Layer.Convolution;
import facelake.net.Layer.Extend;
import facelake.net.Layer.FullyConnected;
import facelake.net.Layer.Input;
import facelake.net.Layer.Multiply;
import facelake.net.Layer.Pool;
import facelake.net.Layer.Relu;
import facelake.net.Layer.ShiftedSum;
import facelake.net.Layer.Softmax;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassesTest {
  private static final Window FLAT = new Window(1, 1, 1, 1, 0, 0);
  private static final Window PADDED = new Window(3, 3, 1, 1, 1, 1);
  private static final Shape INPUT = new Shape(2, 9, 7);

  private final Random random = new Random(3);

  @Test
  void anAffineLayerBecomesPartOfTheConvolutionBeforeIt() {
    Graph graph =
        chain(new Input(), convolution(FLAT, 2, 2), new Affine(floats(2), floats(2), false));

    Graph folded = Passes.all(graph, INPUT);

    assertThat(folded.nodes()).hasSize(2);
    assertSame(graph, folded);
  }

  @Test
  void anAffineLayerBecomesPartOfAnUnpaddedConvolutionAfterIt() {
    Graph graph =
        chain(
            new Input(),
            new Affine(floats(2), floats(2), false),
            convolution(new Window(3, 3, 2, 2, 0, 0), 2, 3));

    Graph folded = Passes.all(graph, INPUT);

    assertThat(folded.nodes()).hasSize(2);
    assertSame(graph, folded);
  }

  @Test
  void refusesLayersWithMoreOrFewerNumbersThanTheyNeed() {
    for (Layer broken :
        List.of(
            new Convolution(PADDED, 3, floats(3 * 3 * 9), floats(3), false, false),
            new Convolution(PADDED, 3, floats(2 * 3 * 9), floats(2), false, false),
            new Affine(floats(3), floats(2), false),
            new FullyConnected(4, floats(4 * INPUT.size() - 1), floats(4), false))) {
      assertThatThrownBy(() -> Passes.all(chain(new Input(), broken), INPUT))
          .isInstanceOf(OnednnException.class)
          .hasMessage(
              "oneDNN: reading a network failed: layer 1 has learnt other numbers than it needs;"
                  + " the model's file is broken");
    }
  }

  @Test
  void anAffineLayerStaysBeforeAPaddedConvolution() {
    Graph graph =
        chain(new Input(), new Affine(floats(2), floats(2), false), convolution(PADDED, 2, 3));

    Graph folded = Passes.all(graph, INPUT);

    assertThat(folded.nodes()).hasSize(3);
    assertSame(graph, folded);
  }

  @Test
  void aReluIsDoneByTheLayerBeforeIt() {
    Graph graph = chain(new Input(), convolution(PADDED, 2, 3), new Relu());

    Graph folded = Passes.all(graph, INPUT);

    assertThat(folded.nodes()).hasSize(2);
    assertSame(graph, folded);
  }

  @Test
  void aFactorBecomesPartOfTheFullyConnectedLayerAfterIt() {
    Graph graph =
        chain(
            new Input(),
            new Multiply(0.25f),
            new FullyConnected(3, floats(3 * INPUT.size()), floats(3), false));

    Graph folded = Passes.all(graph, INPUT);

    assertThat(folded.nodes()).hasSize(2);
    assertSame(graph, folded);
  }

  @Test
  void theRowsOfOneFilterAreTakenApart() {
    Graph graph = chain(new Input(), convolution(new Window(5, 3, 1, 1, 2, 1), 2, 1));

    Graph folded = Passes.all(graph, INPUT);

    assertThat(folded.nodes()).hasSize(3);
    assertThat(folded.nodes().get(2).layer()).isInstanceOf(ShiftedSum.class);
    assertSame(graph, folded);
  }

  @Test
  void aResidualIsAddedByTheConvolution() {
    Graph graph =
        new Graph(
            List.of(
                node(new Input()),
                node(convolution(PADDED, 2, 2), 0),
                node(convolution(PADDED, 2, 2), 1),
                node(new Add(false), 2, 1),
                node(new Relu(), 3)));

    Graph folded = Passes.all(graph, INPUT);

    assertThat(folded.nodes()).hasSize(3);
    assertThat(((Convolution) folded.nodes().get(2).layer()).residual()).isTrue();
    assertSame(graph, folded);
  }

  @Test
  void aSmallerResidualIsExtendedWithZeros() {
    Graph graph =
        new Graph(
            List.of(
                node(new Input()),
                node(new Pool(Pool.Kind.MEAN, new Window(2, 2, 2, 2, 0, 0)), 0),
                node(convolution(new Window(3, 3, 2, 2, 0, 0), 2, 4), 0),
                node(new Add(false), 2, 1),
                node(new Relu(), 3)));

    Graph folded = Passes.all(graph, INPUT);

    assertThat(folded.nodes()).anyMatch(node -> node.layer() instanceof Extend);
    assertThat(folded.nodes()).noneMatch(node -> node.layer() instanceof Add);
    assertSame(graph, folded);
  }

  @Test
  void layersThatNoPassTouchesAreWhatTheirDefinitionsSay() {
    Window halving = new Window(3, 3, 2, 2, 1, 1);
    assertSame(chain(new Input(), convolution(PADDED, 2, 5), new Pool(Pool.Kind.MAX, halving)));
    assertSame(
        chain(
            new Input(),
            convolution(PADDED, 2, 3),
            new Pool(Pool.Kind.MAX, new Window(2, 3, 2, 1, 0, 0))));
    assertSame(
        new Graph(
            List.of(
                node(new Input()),
                node(convolution(PADDED, 2, 3), 0),
                node(convolution(PADDED, 2, 5), 0),
                node(new Concat(), 1, 2, 1),
                node(convolution(FLAT, 11, 4), 3))));
    assertSame(
        chain(
            new Input(),
            new FullyConnected(6, floats(6 * INPUT.size()), floats(6), false),
            new Softmax()));
    assertSame(chain(new Input(), convolution(FLAT, 2, 3), new Extend(new Shape(5, 11, 8))));
    assertSame(chain(new Input(), convolution(FLAT, 2, 5), new ShiftedSum()));
  }

  private static Graph.Node node(Layer layer, Integer... inputs) {
    return new Graph.Node(layer, List.of(inputs));
  }

  private static Graph chain(Layer... layers) {
    List<Graph.Node> nodes = new ArrayList<>();
    for (Layer layer : layers) {
      nodes.add(new Graph.Node(layer, nodes.isEmpty() ? List.of() : List.of(nodes.size() - 1)));
    }
    return new Graph(nodes);
  }

  private Convolution convolution(Window window, int channels, int filters) {
    return new Convolution(
        window,
        filters,
        floats(filters * channels * window.rows() * window.columns()),
        floats(filters),
        false,
        false);
  }

  private float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private void assertSame(Graph graph) {
    assertSame(graph, Passes.all(graph, INPUT));
  }

  /** Compares what both graphs compute for the same input, and with plain loops over doubles. */
  private void assertSame(Graph graph, Graph folded) {
    float[] input = floats(INPUT.size());
    double[] expected = PlainLoops.run(graph, INPUT, input);
    float[] found = Programs.run(folded, INPUT, input);
    float[] unfolded = Programs.run(Passes.extendSummands(graph, INPUT), INPUT, input);
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(1e-5));
      assertThat((double) unfolded[i]).isCloseTo(expected[i], within(1e-5));
    }
  }
}
