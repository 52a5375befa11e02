package facelake.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes control characters to a terminal as escapes: names of files and folders may hold any.
 * Colours of the help pass.
 */
final class VisibleWriter extends FilterWriter {
  private static final Pattern UNSEEN =
      Pattern.compile(
          "(\\x1b\\[[0-5;]*m)|["
              + "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]");

  VisibleWriter(Writer out) {
    super(out);
  }

  /** The text with an escape of Java in the place of each character that cannot be seen. */
  static String visible(String text) {
    return UNSEEN
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) == null
                        ? "\\u%04x".formatted((int) found.group().charAt(0))
                        : found.group()));
  }

  @Override
  public void write(int character) throws IOException {
    out.write(visible(Character.toString((char) character)));
  }

  @Override
  public void write(char[] characters, int from, int length) throws IOException {
    out.write(visible(new String(characters, from, length)));
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    out.write(visible(text.substring(from, from + length)));
  }
}
