package facelake.model;

import java.io.IOException;

/** A file that is not the model it should be. */
final class UnsoundFileException extends IOException {
  private static final long serialVersionUID = 1L;

  UnsoundFileException(String message) {
    super(message);
  }
}
