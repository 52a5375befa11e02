package facelake.dlib;

/** What dlib's C++ refused or failed to do; the message names the operation and the model. */
public final class DlibException extends NativeException {
  private static final long serialVersionUID = 1L;

  DlibException(String operation, String subject, RuntimeException cause) {
    super("dlib: " + operation + " failed with " + subject + ": " + cause.getMessage(), cause);
  }
}
