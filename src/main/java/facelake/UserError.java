package facelake;

/**
 * Something that the user can mend: a wrong option, a missing path, a model file that is not what
 * it should be. The message says what is wrong, with the values, and how to mend it; commands print
 * it without a stack trace and exit with code 2.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with a formatted message, as {@link String#format} would make it. */
  public UserError(String format, Object... values) {
    super(values.length == 0 ? format : String.format(format, values));
  }

  /** An error with its cause, which commands show only in the log. */
  public UserError(Throwable cause, String format, Object... values) {
    super(values.length == 0 ? format : String.format(format, values), cause);
  }
}
