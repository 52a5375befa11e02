package facelake.image;

/** An image that gave no picture, with the class of failure; becomes a row, never a lost job. */
public final class ImageFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureClass failureClass;

  /** A failure of this class; the message says what is wrong, with the values. */
  public ImageFailure(FailureClass failureClass, String message) {
    super(message);
    this.failureClass = failureClass;
  }

  /** The class of the failure. */
  public FailureClass failureClass() {
    return failureClass;
  }
}
