package facelake.dlib;

/** Native code refused or failed to do something; the message names the operation and the model. */
public class NativeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure in words, with what the native code said. */
  public NativeException(String message, Throwable cause) {
    super(message, cause);
  }
}
