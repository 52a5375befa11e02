package facelake.job;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/**
 * A time that a person gives.
 *
 * @param instant in whole microseconds, as tables keep it; null where nobody gave one
 */
record GivenTime(Instant instant) {
  static final GivenTime NONE = new GivenTime(null);

  /**
   * Reads ISO 8601: a date, which is its first moment, or a date and a time with or without an
   * offset, a T or a space between them. What has no offset is UTC. Nothing for other texts.
   */
  static Optional<GivenTime> parse(String text) {
    try {
      return Optional.of(new GivenTime(instant(text).truncatedTo(ChronoUnit.MICROS)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant instant(String text) {
    if (text.length() == "2024-05-31".length()) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    TemporalAccessor time =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(
            text.replaceFirst(" ", "T"), ZonedDateTime::from, LocalDateTime::from);
    return time instanceof ZonedDateTime zoned
        ? zoned.toInstant()
        : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
  }
}
