package facelake.net;

import facelake.dlib.NativeException;

/** What oneDNN refused or failed to do; the message names the operation. */
public final class OnednnException extends NativeException {
  private static final long serialVersionUID = 1L;

  OnednnException(String operation, Throwable cause) {
    super("oneDNN: " + operation + " failed: " + cause.getMessage(), cause);
  }

  /** A file whose layers do not fit each other, though dlib took it. */
  static OnednnException broken(int layer) {
    return new OnednnException(
        "reading a network",
        new IllegalArgumentException(
            "layer %d has learnt other numbers than it needs; the model's file is broken"
                .formatted(layer)));
  }
}
