package facelake.net;

import facelake.dlib.ChipNetwork;
import facelake.dlib.DlibNetwork;
import facelake.dlib.NetworkLayers;
import facelake.net.ProgramBuilder.Batch;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.memory.data_type;

/**
 * A network that dlib has read, run by oneDNN on one thread: chips in, embeddings or class
 * probabilities out. What a chip gives does not depend on the batch it is in. Used and closed by
 * one thread, to which oneDNN ties what it compiles; copies share the weights and must be closed
 * before the network that they come from.
 */
public final class OnednnNetwork implements ChipNetwork {
  /**
   * Batches that are compiled, largest first. Any number of chips is cut into these, so that a last
   * batch costs no more than its chips. Eight chips in 32 bits still leave the activations of two
   * layers in a core's own cache; half the bytes do so with more.
   */
  private static int[] batches(Precision precision) {
    return precision == Precision.BF16 ? new int[] {32, 8, 1} : new int[] {8, 1};
  }

  private final Graph graph;
  private final Precision precision;
  private final int inputSize;
  private final int outputs;
  private final Weights weights;
  private final boolean owner;
  private final Map<Integer, Program> programs = new HashMap<>();
  private boolean closed;

  private OnednnNetwork(
      Graph graph,
      Precision precision,
      int inputSize,
      int outputs,
      Weights weights,
      boolean owner) {
    this.graph = graph;
    this.precision = precision;
    this.inputSize = inputSize;
    this.outputs = outputs;
    this.weights = weights;
    this.owner = owner;
  }

  /**
   * Reads a network out of dlib's; the caller closes both, in any order.
   *
   * @throws facelake.UserError where the processor has no instructions for the precision
   */
  public static OnednnNetwork of(DlibNetwork network, Precision precision) {
    precision.requireSupport();
    try (NetworkLayers layers = network.layers()) {
      Shape input = new Shape(Shape.COLOURS, network.inputSize(), network.inputSize());
      Graph graph = Passes.all(GraphReader.read(layers), input);
      return new OnednnNetwork(
          graph, precision, network.inputSize(), network.outputs(), new Weights(), true);
    }
  }

  /** Multiplications and additions of one chip, in thousands of millions. */
  public double gflop() {
    return graph.gflop(new Shape(Shape.COLOURS, inputSize, inputSize));
  }

  @Override
  public OnednnNetwork copy() {
    requireOpen("a copy");
    return new OnednnNetwork(graph, precision, inputSize, outputs, weights, false);
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
    requireOpen("a forward pass");
    float[] out = new float[count * outputs];
    try {
      int done = 0;
      for (int batch : batches(precision)) {
        for (; count - done >= batch; done += batch) {
          run(chips, done, batch, out);
        }
      }
      return out;
    } catch (RuntimeException e) {
      closePrograms();
      throw new OnednnException("a forward pass of " + count + " chips", e);
    }
  }

  private void requireOpen(String what) {
    if (closed) {
      throw new IllegalStateException(what + ": the network was closed before");
    }
    weights.requireOpen(what);
  }

  private void closePrograms() {
    programs.values().forEach(Program::close);
    programs.clear();
  }

  private void run(byte[] chips, int first, int batch, float[] out) {
    Program program = programs.computeIfAbsent(batch, this::compiled);
    int chip = inputSize * inputSize * Shape.COLOURS;
    program.input().put(chips, first * chip, batch * chip);
    program.run();
    program
        .output()
        .asByteBuffer()
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer()
        .get(out, first * outputs, batch * outputs);
  }

  private Program compiled(int batch) {
    Shape shape = new Shape(Shape.COLOURS, inputSize, inputSize);
    return ProgramBuilder.build(
        graph, new Batch(batch, shape, false), precision, weights, data_type.u8, data_type.f32);
  }

  @Override
  public void close() {
    closed = true;
    closePrograms();
    if (owner) {
      weights.close();
    }
  }
}
