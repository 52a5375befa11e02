package facelake.cli;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.EastAsianWidth;
import com.ibm.icu.lang.UProperty;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prints rows in aligned columns on a terminal, where East Asian characters take two places
 * (Unicode, UAX 11) and combining marks none. A text of several lines takes several lines.
 */
final class TextTable {
  private static final String GAP = "  ";

  private final String[] header;
  private final boolean[] rightAligned;

  /**
   * A table with a header.
   *
   * @param rightAligned for each column, whether it is a number
   */
  TextTable(String[] header, boolean[] rightAligned) {
    this.header = header;
    this.rightAligned = rightAligned;
  }

  /** Prints header and rows; a null cell reads {@code null}. */
  void print(List<String[]> rows, PrintWriter out) {
    List<String[][]> blocks = rows.stream().map(TextTable::lines).toList();
    int[] widths = Arrays.stream(header).mapToInt(TextTable::width).toArray();
    for (String[][] block : blocks) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], widest(block[c]));
      }
    }
    printBlock(lines(header), widths, out);
    printBlock(lines(rules(widths)), widths, out);
    blocks.forEach(block -> printBlock(block, widths, out));
  }

  private static String[] rules(int[] widths) {
    return Arrays.stream(widths).mapToObj("-"::repeat).toArray(String[]::new);
  }

  /** The lines of each cell of a row. */
  private static String[][] lines(String[] row) {
    return Arrays.stream(row)
        .map(cell -> String.valueOf(cell).lines().map(TextTable::visible).toArray(String[]::new))
        .toArray(String[][]::new);
  }

  private void printBlock(String[][] block, int[] widths, PrintWriter out) {
    int height = Arrays.stream(block).mapToInt(cell -> cell.length).max().orElse(0);
    IntStream.range(0, Math.max(1, height))
        .forEach(i -> out.print(line(block, i, widths).stripTrailing() + "\n"));
  }

  private String line(String[][] block, int i, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String cell = i < block[c].length ? block[c][i] : "";
      String padding = " ".repeat(widths[c] - width(cell));
      line.append(c == 0 ? "" : GAP).append(rightAligned[c] ? padding + cell : cell + padding);
    }
    return line.toString();
  }

  /** The text without characters that would move the cursor or speak to the terminal. */
  private static String visible(String line) {
    StringBuilder text = new StringBuilder();
    line.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                text.append("\\u%04x".formatted(c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }

  private static int widest(String[] lines) {
    return Arrays.stream(lines).mapToInt(TextTable::width).max().orElse(0);
  }

  private static int width(String text) {
    return text.codePoints().map(TextTable::width).sum();
  }

  private static int width(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default ->
          switch (UCharacter.getIntPropertyValue(character, UProperty.EAST_ASIAN_WIDTH)) {
            case EastAsianWidth.WIDE, EastAsianWidth.FULLWIDTH -> 2;
            default -> 1;
          };
    };
  }
}
