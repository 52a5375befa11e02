package facelake.net;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/** The step that sets a tensor to zero. */
final class ClearAll implements Program.Step {
  private final Pointer start;
  private final long bytes;

  ClearAll(memory memory) {
    start = memory.get_data_handle();
    bytes = memory.get_desc().get_size();
  }

  @Override
  public void run(stream stream) {
    Pointer.memset(start, 0, bytes);
  }
}
