package facelake.net;

import facelake.dlib.NativeException;

/** What oneDNN refused or failed to do; the message names the operation. */
public final class OnednnException extends NativeException {
  private static final long serialVersionUID = 1L;

  OnednnException(String operation, Throwable cause) {
    super("oneDNN: " + operation + " failed: " + cause.getMessage(), cause);
  }
}
