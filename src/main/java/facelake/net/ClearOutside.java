package facelake.net;

import java.util.function.Supplier;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** The step that sets a tensor to zero where its samples are not: right of them and below. */
final class ClearOutside implements Program.Step {
  private final BytePointer start;
  private final Shape canvas;
  private final int samples;
  private final long pixel;
  private final Supplier<Shape> valid;

  /**
   * A step for a tensor whose channels are last.
   *
   * @param valid the part of each sample that stays, from the top left
   */
  ClearOutside(Tensor tensor, int samples, Supplier<Shape> valid) {
    this.start = new BytePointer(tensor.memory().get_data_handle());
    this.canvas = tensor.shape();
    this.samples = samples;
    this.pixel = canvas.channels() * memory.data_type_size(tensor.type());
    this.valid = valid;
  }

  @Override
  public void run(stream stream) {
    Shape inside = valid.get();
    long row = canvas.width() * pixel;
    for (int sample = 0; sample < samples; sample++) {
      long first = sample * canvas.height() * row;
      if (inside.width() < canvas.width()) {
        for (int y = 0; y < inside.height(); y++) {
          clear(first + y * row + inside.width() * pixel, row - inside.width() * pixel);
        }
      }
      clear(first + inside.height() * row, (canvas.height() - inside.height()) * row);
    }
  }

  private void clear(long from, long bytes) {
    if (bytes > 0) {
      Pointer.memset(start.position(from), 0, bytes);
    }
  }
}
