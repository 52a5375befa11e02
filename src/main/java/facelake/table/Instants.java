package facelake.table;

import java.sql.Timestamp;
import java.time.Instant;

/** Reads timestamps of rows. */
final class Instants {
  private Instants() {}

  /** A timestamp of a row, whose class is up to a Spark setting. */
  static Instant of(Object value) {
    return value instanceof Timestamp timestamp ? timestamp.toInstant() : (Instant) value;
  }
}
