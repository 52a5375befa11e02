package facelake.eval;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of comma-separated values as RFC 4180 has them; null is written as an empty value. */
public final class Csv {
  private Csv() {}

  /** Writes a line. */
  public static void write(Writer out, Object... values) throws IOException {
    out.write(Arrays.stream(values).map(Csv::cell).collect(Collectors.joining(",", "", "\r\n")));
  }

  private static String cell(Object value) {
    String text = value == null ? "" : value.toString();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** The values of the next line, of several lines of text where quotes say so; null at the end. */
  public static List<String> read(BufferedReader in) throws IOException {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    int c = in.read();
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && (quoted || c != '\n'); c = in.read()) {
      if (c == '"') {
        quoted = !quoted;
        in.mark(1);
        boolean doubled = !quoted && in.read() == '"';
        in.reset();
        if (doubled) {
          value.append('"');
        }
      } else if (c == ',' && !quoted) {
        values.add(value.toString());
        value.setLength(0);
      } else if (quoted || c != '\r') {
        value.append((char) c);
      }
    }
    values.add(value.toString());
    return values;
  }
}
