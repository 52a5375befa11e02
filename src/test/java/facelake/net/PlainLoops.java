package facelake.net;

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

/** The definitions of layers as loops over doubles: what the fast ones are compared with. */
final class PlainLoops {
  private record Values(Shape shape, double[] numbers) {
    /** The number at a place, zero outside. */
    double at(int channel, int y, int x) {
      boolean inside =
          channel < shape.channels() && y >= 0 && y < shape.height() && x >= 0 && x < shape.width();
      return inside ? numbers[(channel * shape.height() + y) * shape.width() + x] : 0;
    }
  }

  private interface Definition {
    double at(int channel, int y, int x);
  }

  private PlainLoops() {}

  static double[] run(Graph graph, Shape shape, float[] input) {
    List<Values> values = new ArrayList<>();
    List<Shape> shapes = graph.shapes(shape);
    for (int i = 0; i < graph.nodes().size(); i++) {
      Graph.Node node = graph.nodes().get(i);
      List<Values> inputs = node.inputs().stream().map(values::get).toList();
      values.add(
          node.layer() instanceof Input
              ? given(shape, input)
              : all(shapes.get(i), definition(node.layer(), inputs)));
    }
    return values.get(values.size() - 1).numbers();
  }

  private static Values given(Shape shape, float[] input) {
    double[] numbers = new double[input.length];
    for (int i = 0; i < input.length; i++) {
      numbers[i] = input[i];
    }
    return new Values(shape, numbers);
  }

  private static Values all(Shape shape, Definition definition) {
    double[] numbers = new double[shape.size()];
    int i = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          numbers[i++] = definition.at(channel, y, x);
        }
      }
    }
    return new Values(shape, numbers);
  }

  private static Definition definition(Layer layer, List<Values> inputs) {
    Values in = inputs.get(0);
    if (layer instanceof Convolution convolution) {
      return (filter, y, x) -> convolved(convolution, in, filter, y, x);
    } else if (layer instanceof Affine affine) {
      return (c, y, x) -> affine.factors()[c] * in.at(c, y, x) + affine.summands()[c];
    } else if (layer instanceof Relu) {
      return (c, y, x) -> Math.max(0, in.at(c, y, x));
    } else if (layer instanceof Add) {
      return (c, y, x) -> in.at(c, y, x) + inputs.get(1).at(c, y, x);
    } else if (layer instanceof Multiply multiply) {
      return (c, y, x) -> multiply.factor() * in.at(c, y, x);
    } else if (layer instanceof FullyConnected fullyConnected) {
      return (output, y, x) -> connected(fullyConnected, in, output);
    } else if (layer instanceof Pool pool) {
      return pool.kind() == Pool.Kind.MEAN
          ? (c, y, x) -> mean(pool.window(), in, c, y, x)
          : (c, y, x) -> greatest(pool.window(), in, c, y, x);
    } else if (layer instanceof Extend) {
      return in::at;
    } else if (layer instanceof Concat) {
      return (c, y, x) -> joined(inputs, c, y, x);
    } else if (layer instanceof Softmax) {
      return (c, y, x) -> Math.exp(in.at(c, y, x)) / exponentials(in, y, x);
    } else if (layer instanceof ShiftedSum) {
      return (c, y, x) -> shifted(in, y, x);
    }
    throw new IllegalArgumentException("no definition of " + layer);
  }

  private static double convolved(Convolution layer, Values in, int filter, int y, int x) {
    Window window = layer.window();
    double sum = layer.biases()[filter];
    int at = filter * layer.channels() * window.rows() * window.columns();
    for (int channel = 0; channel < layer.channels(); channel++) {
      for (int row = 0; row < window.rows(); row++) {
        for (int column = 0; column < window.columns(); column++) {
          sum +=
              layer.weights()[at++]
                  * in.at(
                      channel,
                      y * window.strideY() - window.paddingY() + row,
                      x * window.strideX() - window.paddingX() + column);
        }
      }
    }
    return sum;
  }

  private static double connected(FullyConnected layer, Values in, int output) {
    double sum = layer.biases()[output];
    for (int i = 0; i < in.numbers().length; i++) {
      sum += layer.weights()[output * in.numbers().length + i] * in.numbers()[i];
    }
    return sum;
  }

  private static double greatest(Window window, Values in, int channel, int y, int x) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < window.rows(); row++) {
      for (int column = 0; column < window.columns(); column++) {
        int fromY = y * window.strideY() - window.paddingY() + row;
        int fromX = x * window.strideX() - window.paddingX() + column;
        boolean inside =
            fromY >= 0 && fromY < in.shape().height() && fromX >= 0 && fromX < in.shape().width();
        greatest = Math.max(greatest, inside ? in.at(channel, fromY, fromX) : greatest);
      }
    }
    return greatest;
  }

  private static double joined(List<Values> inputs, int channel, int y, int x) {
    int left = channel;
    for (Values input : inputs) {
      if (left < input.shape().channels()) {
        return input.at(left, y, x);
      }
      left -= input.shape().channels();
    }
    throw new IllegalArgumentException("no channel " + channel);
  }

  private static double exponentials(Values in, int y, int x) {
    double sum = 0;
    for (int channel = 0; channel < in.shape().channels(); channel++) {
      sum += Math.exp(in.at(channel, y, x));
    }
    return sum;
  }

  private static double shifted(Values in, int y, int x) {
    double sum = 0;
    for (int channel = 0; channel < in.shape().channels(); channel++) {
      sum += in.at(channel, y + channel - in.shape().channels() / 2, x);
    }
    return sum;
  }

  private static double mean(Window window, Values in, int channel, int y, int x) {
    double sum = 0;
    for (int row = 0; row < window.rows(); row++) {
      for (int column = 0; column < window.columns(); column++) {
        sum += in.at(channel, y * window.strideY() + row, x * window.strideX() + column);
      }
    }
    return sum / (window.rows() * window.columns());
  }
}
