package facelake.net;

import facelake.net.ProgramBuilder.Batch;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory.data_type;

/** Runs a graph once. */
final class Programs {
  private Programs() {}

  /**
   * What a graph gives.
   *
   * @param input channels x height x width
   * @return channels x height x width
   */
  static float[] run(Graph graph, Shape shape, float[] input) {
    try (Weights weights = new Weights();
        Program program =
            ProgramBuilder.build(
                graph,
                new Batch(1, shape, false),
                Precision.FP32,
                weights,
                data_type.f32,
                data_type.f32)) {
      FloatBuffer in = floats(program.input());
      for (int i = 0; i < input.length; i++) {
        in.put(lastChannel(shape, i), input[i]);
      }
      program.run();
      Shape result = graph.shapes(shape).get(graph.nodes().size() - 1);
      float[] output = new float[result.size()];
      FloatBuffer out = floats(program.output());
      for (int i = 0; i < output.length; i++) {
        output[i] = out.get(lastChannel(result, i));
      }
      return output;
    }
  }

  private static FloatBuffer floats(org.bytedeco.javacpp.BytePointer pointer) {
    return pointer.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Where the number at a place of channels x height x width is with channels last. */
  private static int lastChannel(Shape shape, int i) {
    int pixels = shape.height() * shape.width();
    return i % pixels * shape.channels() + i / pixels;
  }
}
