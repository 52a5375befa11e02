package facelake.table;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Conditions in SQL for {@link TableSpec#checks()}. */
final class Checks {
  private Checks() {}

  /** A column holds one of these words, none of which has a quote in it. */
  static String oneOf(String column, Stream<String> words) {
    return column + words.collect(Collectors.joining("', '", " IN ('", "')"));
  }

  /** A column holds a number from 0 to 1. */
  static String fraction(String column) {
    return column + " BETWEEN 0 AND 1";
  }

  /** A column is 0 or more and a number: Spark holds NaN for greater than any. */
  static String notNegative(String column) {
    return column + " >= 0 AND NOT isnan(" + column + ")";
  }

  /** A column is null or fulfils a condition. */
  static String nullOr(String column, String check) {
    return "(" + column + " IS NULL OR " + check + ")";
  }
}
