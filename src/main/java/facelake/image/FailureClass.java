package facelake.image;

/** Why an image has no result; the label stands in the column {@code images.failure_class}. */
public enum FailureClass {
  /** The bytes are no picture of any kind: empty, text, a web page. */
  NOT_AN_IMAGE("not-an-image"),
  /** The picture ends before its last row, or its data are damaged. */
  TRUNCATED("truncated"),
  /** The declared size is over the limit on pixels. */
  TOO_LARGE("too-large"),
  /** A known picture format that cannot be read here. */
  UNSUPPORTED("unsupported"),
  /** The storage did not hand out the bytes. */
  UNREADABLE("unreadable"),
  /** A native library refused a picture that was decoded well. */
  NATIVE_ERROR("native-error"),
  /** A native library ended the process over the image, again and again. */
  NATIVE_CRASH("native-crash"),
  /** The image took longer than it may. */
  TIMEOUT("timeout");

  private final String label;

  FailureClass(String label) {
    this.label = label;
  }

  /** The word that tables and messages use, such as {@code not-an-image}. */
  public String label() {
    return label;
  }
}
