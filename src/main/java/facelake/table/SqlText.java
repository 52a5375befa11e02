package facelake.table;

/** Texts as they stand in SQL. */
public final class SqlText {
  private SqlText() {}

  /** A text as a literal of Spark's SQL, in its quotes. */
  public static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
