package facelake.net;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;

/** The step of {@link Layer.ShiftedSum}, over 32-bit floats with channels last. */
final class ShiftedRows implements Program.Step {
  private final FloatBuffer source;
  private final FloatBuffer target;
  private final Shape shape;
  private final int samples;
  private final float[] row;
  private final float[] sums;

  ShiftedRows(memory source, memory target, Shape shape, int samples) {
    this.source = floats(source);
    this.target = floats(target);
    this.shape = shape;
    this.samples = samples;
    this.row = new float[shape.width() * shape.channels()];
    this.sums = new float[shape.height() * shape.width()];
  }

  private static FloatBuffer floats(memory memory) {
    return new BytePointer(memory.get_data_handle())
        .capacity(memory.get_desc().get_size())
        .asByteBuffer()
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public void run(stream stream) {
    for (int sample = 0; sample < samples; sample++) {
      Arrays.fill(sums, 0);
      for (int y = 0; y < shape.height(); y++) {
        source.get((sample * shape.height() + y) * row.length, row);
        addRow(y);
      }
      target.put(sample * sums.length, sums);
    }
  }

  /** Adds each channel of a row to the output row that reads it there. */
  private void addRow(int y) {
    int channels = shape.channels();
    int width = shape.width();
    for (int channel = 0; channel < channels; channel++) {
      int to = y - channel + channels / 2;
      if (to >= 0 && to < shape.height()) {
        for (int x = 0; x < width; x++) {
          sums[to * width + x] += row[x * channels + channel];
        }
      }
    }
  }
}
