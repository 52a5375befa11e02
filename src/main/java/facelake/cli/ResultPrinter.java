package facelake.cli;

import facelake.job.SqlMistake;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** Prints the rows of an answer: the result to one writer, remarks about it to another. */
final class ResultPrinter {
  private static final int ROWS_OF_TABLE = 1000;
  private static final int ROWS_BETWEEN_CHECKS = 1000;

  private final PrintWriter out;
  private final PrintWriter remarks;

  ResultPrinter(PrintWriter out, PrintWriter remarks) {
    this.out = out;
    this.remarks = remarks;
  }

  /**
   * Prints rows, computing them on the way.
   *
   * @param limit the most rows to print; null for 1000 as a table and all otherwise
   * @throws facelake.UserError when computing the rows shows a mistake in the question
   */
  void print(Dataset<Row> rows, ResultFormat format, Integer limit) {
    Dataset<Row> wanted = limit == null ? rows : rows.limit(limit);
    try {
      switch (format) {
        case TABLE -> table(rows, limit == null ? ROWS_OF_TABLE : limit);
        case CSV -> csv(wanted);
        case JSON -> json(wanted);
      }
    } catch (RuntimeException e) {
      throw SqlMistake.in(e, "");
    }
  }

  /** Remarks how many rows there are, as a table may be cut. */
  private void table(Dataset<Row> rows, int limit) {
    StructField[] fields = rows.schema().fields();
    boolean[] numeric = new boolean[fields.length];
    IntStream.range(0, fields.length)
        .forEach(i -> numeric[i] = fields[i].dataType() instanceof NumericType);
    List<String[]> found =
        ResultText.brief(rows).limit(limit + 1).collectAsList().stream()
            .map(ResultPrinter::cells)
            .toList();
    boolean cut = found.size() > limit;
    List<String[]> shown = cut ? found.subList(0, limit) : found;
    new TextTable(rows.columns(), numeric).print(shown, out);
    out.flush();
    remarks.println(cut ? "first " + count(limit) + "; more with --limit" : count(shown.size()));
  }

  private void csv(Dataset<Row> rows) {
    out.print(csvLine(rows.columns()));
    stream(ResultText.full(rows), row -> csvLine(cells(row)));
  }

  private void json(Dataset<Row> rows) {
    stream(ResultText.json(rows), row -> row.getString(0) + "\n");
  }

  /** Stops early when nobody reads any further, as {@code | head} does. */
  private void stream(Dataset<Row> rows, Function<Row, String> line) {
    Iterator<Row> left = rows.toLocalIterator();
    for (long n = 1; left.hasNext(); n++) {
      out.print(line.apply(left.next()));
      if (n % ROWS_BETWEEN_CHECKS == 0 && out.checkError()) {
        return;
      }
    }
    out.flush();
  }

  private static String[] cells(Row row) {
    return IntStream.range(0, row.size()).mapToObj(row::getString).toArray(String[]::new);
  }

  private static String csvLine(String[] cells) {
    return Arrays.stream(cells)
        .map(ResultPrinter::csvCell)
        .collect(Collectors.joining(",", "", "\n"));
  }

  private static String csvCell(String text) {
    if (text == null) {
      return "";
    }
    boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String count(int rows) {
    return rows == 1 ? "1 row" : "%,d rows".formatted(rows);
  }
}
