package facelake.net;

import java.util.List;

/**
 * One step of a network: what it computes, with what it has learnt. Arrays are never changed.
 *
 * <p>{@code relu}, where a layer has it, says that negative results become zero.
 */
sealed interface Layer {
  /** The shape that comes out for inputs of these shapes. */
  Shape shape(List<Shape> inputs);

  /** Whether it has learnt as many numbers as inputs of these shapes need. */
  default boolean fits(List<Shape> inputs) {
    return true;
  }

  /** The same layer with negative results set to zero, or null if it cannot do that itself. */
  default Layer withRelu() {
    return null;
  }

  /** Pixels as they are, 0 to 255, red, green and blue. */
  record Input() implements Layer {
    @Override
    public Shape shape(List<Shape> inputs) {
      throw new IllegalStateException("the shape of the input is given");
    }
  }

  /**
   * A convolution, as dlib means it: no flipping.
   *
   * @param weights filters x channels x rows x columns
   * @param biases one for each filter
   * @param residual whether a second input of the output's shape is added before the relu
   */
  record Convolution(
      Window window, int filters, float[] weights, float[] biases, boolean residual, boolean relu)
      implements Layer {
    int channels() {
      return weights.length / (filters * window.rows() * window.columns());
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return window.slide(inputs.get(0), filters);
    }

    @Override
    public boolean fits(List<Shape> inputs) {
      long each = (long) inputs.get(0).channels() * window.rows() * window.columns();
      return weights.length == filters * each && biases.length == filters;
    }

    @Override
    public Layer withRelu() {
      return new Convolution(window, filters, weights, biases, residual, true);
    }

    Convolution with(float[] newWeights, float[] newBiases) {
      return new Convolution(window, filters, newWeights, newBiases, residual, relu);
    }

    Convolution withResidual() {
      return new Convolution(window, filters, weights, biases, true, relu);
    }
  }

  /** {@code factor * x + summand}, channel by channel. */
  record Affine(float[] factors, float[] summands, boolean relu) implements Layer {
    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public boolean fits(List<Shape> inputs) {
      int channels = inputs.get(0).channels();
      return factors.length == channels && summands.length == channels;
    }

    @Override
    public Layer withRelu() {
      return new Affine(factors, summands, true);
    }
  }

  /** Negative values become zero. */
  record Relu() implements Layer {
    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(0);
    }
  }

  /** The largest value, or the mean, of each window. */
  record Pool(Kind kind, Window window) implements Layer {
    enum Kind {
      MAX,
      MEAN
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape input = inputs.get(0);
      return window.slide(input, input.channels());
    }
  }

  /** The sum of two inputs; the smaller one counts as zero where it ends, as dlib has it. */
  record Add(boolean relu) implements Layer {
    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(0).union(inputs.get(1));
    }

    @Override
    public Layer withRelu() {
      return new Add(true);
    }
  }

  /** The input with zeros after its last channel, row and column. */
  record Extend(Shape to) implements Layer {
    @Override
    public Shape shape(List<Shape> inputs) {
      return to;
    }
  }

  /** The channels of all inputs, one after the other. */
  record Concat() implements Layer {
    @Override
    public Shape shape(List<Shape> inputs) {
      Shape first = inputs.get(0);
      int channels = inputs.stream().mapToInt(Shape::channels).sum();
      return new Shape(channels, first.height(), first.width());
    }
  }

  /**
   * Every output reads every input.
   *
   * @param weights outputs x inputs
   * @param biases one for each output
   */
  record FullyConnected(int outputs, float[] weights, float[] biases, boolean relu)
      implements Layer {
    @Override
    public Shape shape(List<Shape> inputs) {
      return new Shape(outputs, 1, 1);
    }

    @Override
    public boolean fits(List<Shape> inputs) {
      return weights.length == (long) outputs * inputs.get(0).size() && biases.length == outputs;
    }

    @Override
    public Layer withRelu() {
      return new FullyConnected(outputs, weights, biases, true);
    }
  }

  /** Every value times a factor. */
  record Multiply(float factor) implements Layer {
    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(0);
    }
  }

  /** Exponentials, divided by their sum over the channels. */
  record Softmax() implements Layer {
    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(0);
    }
  }

  /**
   * The sum of all channels, each moved: output row y reads row {@code y + channel - channels / 2}
   * of a channel, zero outside. What is left of a tall convolution with one filter once its rows
   * were taken apart.
   */
  record ShiftedSum() implements Layer {
    @Override
    public Shape shape(List<Shape> inputs) {
      Shape input = inputs.get(0);
      return new Shape(1, input.height(), input.width());
    }
  }
}
