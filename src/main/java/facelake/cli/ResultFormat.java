package facelake.cli;

/** How {@code sql} writes the rows of an answer. */
enum ResultFormat {
  /** Aligned columns, for people. */
  TABLE,
  /** RFC 4180 with a header; lines end with LF; null is empty, an empty text is {@code ""}. */
  CSV,
  /** JSON lines: one object a row. */
  JSON
}
