package facelake.job;

import facelake.Nearest;
import facelake.match.Decision;
import facelake.match.Topic;
import facelake.match.Verdict;
import facelake.table.DecisionsTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One row of a file of decisions.
 *
 * @param number its place in the file
 * @param texts what stands in each column, by its name
 * @param broken the text of a row that cannot be cut into columns, else null
 */
record DecisionRow(int number, Map<String, String> texts, String broken) {
  private static final int SHOWN = 60;

  /**
   * The decision that the row is; nothing where the row is wrong.
   *
   * @param now the time of a decision that names none
   * @param mistakes is told what is wrong
   */
  Optional<Decision> decision(Instant now, Mistakes mistakes) {
    if (broken != null) {
      mistakes.add(
          number,
          "does not fit the columns; is there a comma, quote or brace too many or too few? %s",
          shortened(broken.strip()));
      return Optional.empty();
    }
    Optional<Verdict> verdict = verdict(mistakes);
    Optional<Topic> topic = verdict.flatMap(known -> topic(known, mistakes));
    Optional<GivenTime> when = when(now, mistakes);
    if (topic.isEmpty() || when.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Decision.of(
            verdict.get(),
            topic.get(),
            text(DecisionsTable.WHO),
            when.get().instant(),
            text(DecisionsTable.NOTE),
            now));
  }

  /** Whether the row says when it was decided. */
  boolean saysWhen() {
    return text(DecisionFile.WHEN) != null;
  }

  private Optional<Verdict> verdict(Mistakes mistakes) {
    String word = text(DecisionsTable.DECISION);
    if (word == null) {
      mistakes.add(number, "says no %s; %s", DecisionsTable.DECISION, known());
      return Optional.empty();
    }
    Optional<Verdict> verdict = Verdict.labelled(word.strip());
    if (verdict.isEmpty()) {
      mistakes.add(
          number,
          "the decision '%s' is unknown%s; %s",
          word,
          Nearest.question(word, Verdict.labels()),
          known());
    }
    return verdict;
  }

  private static String known() {
    return "it is one of " + String.join(", ", Verdict.labels());
  }

  private Optional<Topic> topic(Verdict verdict, Mistakes mistakes) {
    List<String> given =
        DecisionsTable.TOPIC.stream().filter(column -> text(column) != null).toList();
    boolean complete =
        verdict.forms().stream()
            .map(DecisionsTable::columns)
            .anyMatch(columns -> Set.copyOf(columns).equals(Set.copyOf(given)));
    if (!complete) {
      mistakes.add(
          number,
          "%s needs %s, and no more of these; given: %s",
          verdict.label(),
          verdict.forms().stream()
              .map(form -> String.join(" + ", DecisionsTable.columns(form)))
              .collect(Collectors.joining(", or ")),
          given.isEmpty() ? "none" : told(given));
      return Optional.empty();
    }
    return Optional.of(
        DecisionsTable.topic(DecisionsTable.TOPIC.stream().map(this::text).toList()));
  }

  private String told(List<String> columns) {
    return columns.stream()
        .map(column -> "%s '%s'".formatted(column, shortened(text(column))))
        .collect(Collectors.joining(", "));
  }

  private Optional<GivenTime> when(Instant now, Mistakes mistakes) {
    String text = text(DecisionFile.WHEN);
    if (text == null) {
      return Optional.of(GivenTime.NONE);
    }
    Optional<GivenTime> time = GivenTime.parse(text.strip());
    if (time.isEmpty()) {
      mistakes.add(
          number,
          "%s '%s' is no time; write it as 2024-05-31, 2024-05-31T18:30:00Z or"
              + " 2024-05-31T18:30:00+09:00",
          DecisionFile.WHEN,
          shortened(text));
      return Optional.empty();
    }
    if (time.get().instant().isAfter(now) || time.get().instant().isBefore(Instant.EPOCH)) {
      mistakes.add(
          number,
          "%s '%s' is not between 1970 and now, %s; a time without an offset is UTC",
          DecisionFile.WHEN,
          text,
          now);
      return Optional.empty();
    }
    return time;
  }

  /** What stands in a column; null where it is blank or there is no such column. */
  private String text(String column) {
    String text = texts.get(column);
    return text == null || text.isBlank() ? null : text;
  }

  private static String shortened(String text) {
    int end = text.offsetByCodePoints(0, Math.min(SHOWN, text.codePointCount(0, text.length())));
    return end == text.length() ? text : text.substring(0, end) + "...";
  }
}
