package facelake.net;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MULTIPLE_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

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
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.concat;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.memory_desc_vector;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.softmax_forward;

/**
 * Compiles a graph for one batch and shape of input: every layer becomes one primitive.
 *
 * <p>All tensors have their channels last (NHWC), which spares every reorder between layers;
 * weights take the blocked layout that their primitive asks for. A residual is added in place where
 * nothing reads it afterwards.
 */
final class ProgramBuilder {
  /** The arguments of what follows a primitive, first of all. */
  private static final int FIRST_POST_OP = dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;

  private final Graph graph;
  private final List<Shape> shapes;
  private final int[] lastReaders;
  private final Batch batch;
  private final data_type type;
  private final Weights weights;
  private final Program program = new Program();
  private final List<Tensor> tensors = new ArrayList<>();
  private final Tensor[] outputs;

  /** What adds each step, once all tensors have their places. */
  private final List<Runnable> additions = new ArrayList<>();

  /**
   * What a program is compiled for.
   *
   * @param samples how many there are at once
   * @param shape of each sample of the input
   * @param canvas whether samples may be smaller than the shape: what lies outside then counts as
   *     not there
   */
  record Batch(int samples, Shape shape, boolean canvas) {}

  private ProgramBuilder(Graph graph, Batch batch, Precision precision, Weights weights) {
    this.graph = graph;
    this.shapes = graph.shapes(batch.shape());
    this.batch = batch;
    this.type = Onednn.type(precision);
    this.weights = weights;
    this.outputs = new Tensor[graph.nodes().size()];
    this.lastReaders = graph.lastReaders();
  }

  /**
   * A program that computes a graph; the caller closes it.
   *
   * @param input the numbers of the input
   * @param output the numbers of the output
   */
  static Program build(
      Graph graph,
      Batch batch,
      Precision precision,
      Weights weights,
      data_type input,
      data_type output) {
    ProgramBuilder builder = new ProgramBuilder(graph, batch, precision, weights);
    try {
      return builder.build(input, output);
    } catch (OutOfMemoryError e) {
      builder.program.close();
      // Almost always JavaCPP's, of native memory: the next photo may need less.
      throw new IllegalStateException("there is no memory for its program: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      builder.program.close();
      throw e;
    }
  }

  private Program build(data_type input, data_type output) {
    Tensor first = tensor(shapes.get(0), input);
    for (int i = 0; i < outputs.length; i++) {
      Graph.Node node = graph.nodes().get(i);
      outputs[i] = node.layer() instanceof Input ? in(type, first) : compile(i, node);
      if (batch.canvas() && isReadWithPadding(i)) {
        clearOutside(i);
      }
    }
    Tensor last = in(output, outputs[outputs.length - 1]);
    first.liveUntil(0);
    last.liveUntil(additions.size());
    program.place(tensors);
    additions.forEach(Runnable::run);
    program.between(first.memory(), last.memory(), graph);
    return program;
  }

  private Tensor compile(int i, Graph.Node node) {
    Layer layer = node.layer();
    Shape shape = shapes.get(i);
    Tensor input = outputs[node.inputs().get(0)];
    if (layer instanceof Convolution convolution) {
      return convolution(i, node, convolution);
    } else if (layer instanceof Affine affine) {
      return affine(input, affine);
    } else if (layer instanceof Pool pool) {
      return pool(input, shape, pool);
    } else if (layer instanceof Extend) {
      return extend(input, shape);
    } else if (layer instanceof Add add) {
      return add(input, outputs[node.inputs().get(1)], add);
    } else if (layer instanceof Concat) {
      return concat(node.inputs().stream().map(read -> outputs[read]).toList(), shape);
    } else if (layer instanceof Relu) {
      return eltwise(input, algorithm.eltwise_relu, 0);
    } else if (layer instanceof Multiply multiply) {
      return eltwise(input, algorithm.eltwise_linear, multiply.factor());
    } else if (layer instanceof FullyConnected fullyConnected) {
      return fullyConnected(input, shape, fullyConnected);
    } else if (layer instanceof Softmax) {
      return softmax(input);
    } else if (layer instanceof ShiftedSum) {
      return shiftedSum(input, shape);
    }
    throw new IllegalStateException("no primitive for " + layer);
  }

  // ---- Layers

  private Tensor convolution(int i, Graph.Node node, Convolution layer) {
    // The last convolution of the CNN detector: scores are summed up in 32 bits.
    boolean last = isFollowedByShiftedSum(i);
    Tensor given = outputs[node.inputs().get(0)];
    Tensor source = last ? in(data_type.f32, given) : given;
    Tensor target =
        layer.residual()
            ? sum(i, node.inputs().get(1), source)
            : tensor(shapes.get(i), last ? data_type.f32 : type);
    var plan = plan(layer, source.desc(), target.desc(), source.type());
    step(
        program.own(new convolution_forward(plan)),
        Map.of(DNNL_ARG_SRC, source, DNNL_ARG_DST, target),
        learnt(layer, plan));
    return target;
  }

  private convolution_forward.primitive_desc plan(
      Convolution layer, memory.desc source, memory.desc target, data_type weightType) {
    Window window = layer.window();
    try (primitive_attr attributes = attributes(layer.residual(), layer.relu())) {
      return program.own(
          new convolution_forward.primitive_desc(
              Onednn.ENGINE,
              prop_kind.forward_inference,
              algorithm.convolution_direct,
              source,
              Onednn.of(
                  format_tag.any,
                  weightType,
                  layer.filters(),
                  layer.channels(),
                  window.rows(),
                  window.columns()),
              Onednn.of(format_tag.x, data_type.f32, layer.filters()),
              target,
              new long[] {window.strideY(), window.strideX()},
              new long[] {window.paddingY(), window.paddingX()},
              new long[] {window.paddingY(), window.paddingX()},
              attributes,
              false));
    }
  }

  private Map<Integer, memory> learnt(Convolution layer, convolution_forward.primitive_desc plan) {
    return Map.of(
        DNNL_ARG_WEIGHTS,
        weights.in(plan.weights_desc(), layer.weights(), format_tag.oihw),
        DNNL_ARG_BIAS,
        weights.vector(layer.biases()));
  }

  /** Where a residual is added to: its own tensor, if nothing else needs that any more. */
  private Tensor sum(int adder, int residual, Tensor source) {
    Tensor tensor = outputs[residual];
    return lastReaders[residual] == adder && tensor != source ? tensor : copy(tensor);
  }

  /** A product with one factor a channel; sum and relu follow while the numbers are at hand. */
  private Tensor affine(Tensor source, Affine layer) {
    Tensor target = tensor(source.shape(), type);
    int channels = source.shape().channels();
    memory.desc each = program.own(Onednn.of(format_tag.nhwc, data_type.f32, 1, channels, 1, 1));
    try (primitive_attr attributes = new primitive_attr();
        post_ops after = new post_ops()) {
      after.append_binary(algorithm.binary_add, each);
      if (layer.relu()) {
        after.append_eltwise(algorithm.eltwise_relu, 0f, 0f);
      }
      attributes.set_post_ops(after);
      var plan =
          new binary.primitive_desc(
              Onednn.ENGINE,
              algorithm.binary_mul,
              source.desc(),
              each,
              target.desc(),
              attributes,
              false);
      step(
          program.own(new binary(program.own(plan))),
          Map.of(DNNL_ARG_SRC_0, source, DNNL_ARG_DST, target),
          Map.of(
              DNNL_ARG_SRC_1,
              weights.in(each, layer.factors(), format_tag.nhwc),
              FIRST_POST_OP | DNNL_ARG_SRC_1,
              weights.in(each, layer.summands(), format_tag.nhwc)));
    }
    return target;
  }

  private Tensor pool(Tensor source, Shape result, Pool layer) {
    Window window = layer.window().over(source.shape());
    Tensor target = tensor(result, type);
    var plan =
        new pooling_forward.primitive_desc(
            Onednn.ENGINE,
            prop_kind.forward_inference,
            layer.kind() == Pool.Kind.MAX
                ? algorithm.pooling_max
                : algorithm.pooling_avg_exclude_padding,
            source.desc(),
            target.desc(),
            new long[] {window.strideY(), window.strideX()},
            new long[] {window.rows(), window.columns()},
            new long[] {0, 0},
            new long[] {window.paddingY(), window.paddingX()},
            new long[] {window.paddingY(), window.paddingX()});
    step(
        program.own(new pooling_forward(program.own(plan))),
        Map.of(DNNL_ARG_SRC, source, DNNL_ARG_DST, target),
        Map.of());
    return target;
  }

  private Tensor extend(Tensor source, Shape to) {
    Tensor target = tensor(to, type);
    step(List.of(target), () -> program.add(new ClearAll(target.memory())));
    memory.desc part = program.own(target.desc().submemory_desc(dims(source.shape()), new long[4]));
    step(
        List.of(source, target),
        () -> {
          memory view = program.view(target, part, 0);
          program.add(
              program.own(new reorder(source.memory(), view)),
              Map.of(dnnl.DNNL_ARG_FROM, source.memory(), dnnl.DNNL_ARG_TO, view));
        });
    return target;
  }

  private Tensor add(Tensor first, Tensor second, Add layer) {
    Tensor target = tensor(first.shape(), type);
    try (primitive_attr attributes = attributes(false, layer.relu())) {
      var plan =
          new binary.primitive_desc(
              Onednn.ENGINE,
              algorithm.binary_add,
              first.desc(),
              second.desc(),
              target.desc(),
              attributes,
              false);
      step(
          program.own(new binary(program.own(plan))),
          Map.of(DNNL_ARG_SRC_0, first, DNNL_ARG_SRC_1, second, DNNL_ARG_DST, target),
          Map.of());
    }
    return target;
  }

  private Tensor concat(List<Tensor> sources, Shape result) {
    Tensor target = tensor(result, type);
    Map<Integer, Tensor> arguments = new TreeMap<>();
    try (memory_desc_vector descs = new memory_desc_vector(sources.size())) {
      for (int i = 0; i < sources.size(); i++) {
        descs.put(i, sources.get(i).desc());
        arguments.put(DNNL_ARG_MULTIPLE_SRC + i, sources.get(i));
      }
      arguments.put(DNNL_ARG_DST, target);
      var plan = new concat.primitive_desc(Onednn.ENGINE, target.desc(), 1, descs);
      step(program.own(new concat(program.own(plan))), arguments, Map.of());
    }
    return target;
  }

  private Tensor eltwise(Tensor source, algorithm kind, float alpha) {
    Tensor target = tensor(source.shape(), source.type());
    var plan =
        new eltwise_forward.primitive_desc(
            Onednn.ENGINE,
            prop_kind.forward_inference,
            kind,
            source.desc(),
            target.desc(),
            alpha,
            0f);
    step(
        program.own(new eltwise_forward(program.own(plan))),
        Map.of(DNNL_ARG_SRC, source, DNNL_ARG_DST, target),
        Map.of());
    return target;
  }

  /**
   * In 32 bits, whatever the layers before it computed with, and one sample after the other: oneDNN
   * rounds by the number of samples here, so that an embedding would depend on its neighbours. A
   * convolution whose window is the whole input.
   */
  private Tensor fullyConnected(Tensor input, Shape result, FullyConnected layer) {
    Tensor source = in(data_type.f32, input);
    Shape all = source.shape();
    Tensor target = tensor(result, data_type.f32);
    Window window = new Window(all.height(), all.width(), 1, 1, 0, 0);
    Convolution convolution =
        new Convolution(
            window, layer.outputs(), layer.weights(), layer.biases(), false, layer.relu());
    memory.desc from = program.own(oneSample(all));
    memory.desc to = program.own(oneSample(result));
    var plan = plan(convolution, from, to, data_type.f32);
    Map<Integer, memory> learnt = learnt(convolution, plan);
    primitive one = program.own(new convolution_forward(plan));
    for (int sample = 0; sample < batch.samples(); sample++) {
      long at = sample;
      step(
          List.of(source, target),
          () -> {
            Map<Integer, memory> arguments = new TreeMap<>(learnt);
            arguments.put(DNNL_ARG_SRC, program.view(source, from, at * from.get_size()));
            arguments.put(DNNL_ARG_DST, program.view(target, to, at * to.get_size()));
            program.add(one, arguments);
          });
    }
    return target;
  }

  private static memory.desc oneSample(Shape shape) {
    return Onednn.of(
        format_tag.nhwc, data_type.f32, 1, shape.channels(), shape.height(), shape.width());
  }

  private Tensor softmax(Tensor input) {
    Tensor source = in(data_type.f32, input);
    Tensor target = tensor(source.shape(), data_type.f32);
    var plan =
        new softmax_forward.primitive_desc(
            Onednn.ENGINE,
            prop_kind.forward_inference,
            algorithm.softmax_accurate,
            source.desc(),
            target.desc(),
            1);
    step(
        program.own(new softmax_forward(program.own(plan))),
        Map.of(DNNL_ARG_SRC, source, DNNL_ARG_DST, target),
        Map.of());
    return target;
  }

  private Tensor shiftedSum(Tensor input, Shape result) {
    Tensor source = in(data_type.f32, input);
    Tensor target = tensor(result, data_type.f32);
    Shape shape = source.shape();
    step(
        List.of(source, target),
        () ->
            program.add(new ShiftedRows(source.memory(), target.memory(), shape, batch.samples())));
    return target;
  }

  private boolean isFollowedByShiftedSum(int i) {
    return graph.nodes().get(lastReaders[i]).layer() instanceof ShiftedSum;
  }

  // ---- Canvases

  private boolean isReadWithPadding(int i) {
    return graph.nodes().stream()
        .anyMatch(
            node ->
                node.inputs().contains(i)
                    && node.layer() instanceof Convolution convolution
                    && convolution.window().isPadded());
  }

  /** What lies outside a sample is zero for a padded convolution. */
  private void clearOutside(int i) {
    Tensor tensor = outputs[i];
    step(
        List.of(tensor),
        () -> program.add(new ClearOutside(tensor, batch.samples(), () -> program.valid(i))));
  }

  // ---- Tensors and steps

  private Tensor tensor(Shape shape, data_type type) {
    memory.desc desc = program.own(Onednn.of(format_tag.nhwc, type, dims(shape)));
    Tensor tensor = new Tensor(desc, shape, type, additions.size());
    tensors.add(tensor);
    return tensor;
  }

  private Tensor in(data_type type, Tensor tensor) {
    return tensor.type() == type ? tensor : reordered(tensor, type);
  }

  private Tensor copy(Tensor tensor) {
    return reordered(tensor, tensor.type());
  }

  private Tensor reordered(Tensor source, data_type type) {
    Tensor target = tensor(source.shape(), type);
    var plan =
        new reorder.primitive_desc(Onednn.ENGINE, source.desc(), Onednn.ENGINE, target.desc());
    step(
        program.own(new reorder(program.own(plan))),
        Map.of(dnnl.DNNL_ARG_FROM, source, dnnl.DNNL_ARG_TO, target),
        Map.of());
    return target;
  }

  private void step(
      primitive primitive, Map<Integer, Tensor> arguments, Map<Integer, memory> constants) {
    step(
        arguments.values(),
        () -> {
          Map<Integer, memory> all = new TreeMap<>(constants);
          arguments.forEach((argument, tensor) -> all.put(argument, tensor.memory()));
          program.add(primitive, all);
        });
  }

  private void step(Iterable<Tensor> used, Runnable addition) {
    used.forEach(tensor -> tensor.liveUntil(additions.size()));
    additions.add(addition);
  }

  private static primitive_attr attributes(boolean residual, boolean relu) {
    primitive_attr attributes = new primitive_attr();
    try (post_ops after = new post_ops()) {
      if (residual) {
        after.append_sum();
      }
      if (relu) {
        after.append_eltwise(algorithm.eltwise_relu, 0f, 0f);
      }
      attributes.set_post_ops(after);
    }
    return attributes;
  }

  private long[] dims(Shape shape) {
    return new long[] {batch.samples(), shape.channels(), shape.height(), shape.width()};
  }
}
