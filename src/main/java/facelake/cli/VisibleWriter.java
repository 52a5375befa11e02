package facelake.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes to a terminal what can be seen, and nothing that speaks to the terminal: names of files
 * and folders may hold anything. Colours pass, and a line that is drawn again by {@link
 * ProgressLine}.
 */
final class VisibleWriter extends FilterWriter {
  private static final Pattern UNSEEN =
      Pattern.compile(
          "(?<own>\\A\\r\\x1b\\[K|\\x1b\\[[0-9;]*m)"
              + "|[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]");

  VisibleWriter(Writer out) {
    super(out);
  }

  /** The text with an escape of Java in the place of each character that cannot be seen. */
  private static String visible(String text) {
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
