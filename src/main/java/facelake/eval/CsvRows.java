package facelake.eval;

import facelake.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** The rows of a CSV file that a person wrote: RFC 4180 with a header, in any order of columns. */
final class CsvRows {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private CsvRows() {}

  /**
   * A row by the columns that were asked for.
   *
   * @param number as a spreadsheet has it; the header is 1
   */
  record Row(int number, List<String> values) {}

  /**
   * Reads some columns; others are left alone, as are rows without any text.
   *
   * @param file its name, for messages
   * @throws UserError when a column is missing, or a row has another number of values
   */
  static List<Row> read(Reader reader, String file, List<String> columns) throws IOException {
    BufferedReader in = new BufferedReader(reader);
    List<String> header = header(in);
    for (String column : columns) {
      if (!header.contains(column)) {
        throw new UserError(
            "%s has no column %s; its first line is to name the columns %s, and it is '%s'",
            file, column, String.join(",", columns), String.join(",", header));
      }
    }
    List<Row> rows = new ArrayList<>();
    int number = 2;
    for (List<String> cells = Csv.read(in); cells != null; cells = Csv.read(in), number++) {
      if (cells.stream().allMatch(String::isBlank)) {
        continue;
      }
      if (cells.size() != header.size()) {
        throw new UserError(
            "row %d of %s has %d values, and its header has %d; quote values that have commas",
            number, file, cells.size(), header.size());
      }
      List<String> own = cells;
      rows.add(
          new Row(number, columns.stream().map(name -> own.get(header.indexOf(name))).toList()));
    }
    return rows;
  }

  /** The names of the columns, which the first line has; none of an empty file. */
  static List<String> header(BufferedReader in) throws IOException {
    List<String> header = Csv.read(in);
    if (header == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>(header);
    if (names.get(0).startsWith(BYTE_ORDER_MARK)) {
      names.set(0, names.get(0).substring(1));
    }
    return names;
  }
}
