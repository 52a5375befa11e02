package facelake.image;

import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

/** The words of the failures that several formats share. */
final class Failures {
  private Failures() {}

  static ImageFailure truncated(ImageFormat format, String reason) {
    return new ImageFailure(
        FailureClass.TRUNCATED, "The " + format + " picture ends early or is damaged: " + reason);
  }

  static ImageFailure unsupported(String what) {
    return new ImageFailure(
        FailureClass.UNSUPPORTED, what + " cannot be read; convert it to JPEG or PNG");
  }

  /** What a reader's exception says of the picture. */
  static ImageFailure of(ImageFormat format, Throwable thrown) {
    Throwable cause = rootOf(thrown);
    if (cause instanceof OutOfMemoryError error && !isBeyondAnyArray(error)) {
      throw error;
    }
    String message = String.valueOf(cause.getMessage());
    return message.toLowerCase(Locale.ROOT).contains("unsupported")
        ? unsupported("This " + format + " picture (" + message + ")")
        : truncated(format, reasonOf(cause));
  }

  /** The JDK's PNG reader wraps errors, memory's end among them, in two exceptions. */
  private static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** A length that no array can have comes from the file; only real want of memory is ours. */
  private static boolean isBeyondAnyArray(OutOfMemoryError error) {
    return error.getMessage() != null && error.getMessage().contains("limit");
  }

  /** A reader's own words; those of a runtime exception mean nothing to its user. */
  private static String reasonOf(Throwable cause) {
    boolean speaks = cause instanceof IOException && !(cause instanceof EOFException);
    return speaks && cause.getMessage() != null
        ? cause.getMessage()
        : "the data stop or contradict themselves";
  }
}
