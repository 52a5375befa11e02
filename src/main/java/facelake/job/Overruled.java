package facelake.job;

import facelake.match.Decision;
import facelake.match.Decisions;
import facelake.match.Topic;
import facelake.match.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the rows of a file that somebody may think to have effect and that have none: the lake has
 * withdrawn the decision, or a withdrawal without a time was recorded before a newer decision.
 */
final class Overruled {
  private final Decisions all;
  private final Decisions alone;
  private final Map<Topic, Decision> others;

  private Overruled(List<SaidDecision> said, Decisions all) {
    this.all = all;
    this.alone = new Decisions(said.stream().map(SaidDecision::decision).toList());
    this.others = others(said, all);
  }

  /**
   * A line for each such row, in the order of the file.
   *
   * @param all the decisions of file and lake
   */
  static List<String> notes(List<SaidDecision> said, Decisions all) {
    Overruled overruled = new Overruled(said, all);
    return said.stream().flatMap(row -> overruled.note(row).stream()).toList();
  }

  private Optional<String> note(SaidDecision row) {
    return row.decision().verdict() == Verdict.WITHDRAW ? outdated(row) : withdrawn(row);
  }

  private Optional<String> withdrawn(SaidDecision row) {
    Decision decision = row.decision();
    if (alone.withdrawal(decision).isPresent()) {
      return Optional.empty();
    }
    return all.withdrawal(decision)
        .map(
            by ->
                "row %d: %s was taken back (%s); to decide it again, give it a later time"
                    .formatted(row.row(), decision, by.saying()));
  }

  private Optional<String> outdated(SaidDecision row) {
    Decision newer = others.get(row.decision().topic());
    if (row.isNew() || row.saysWhen() || newer == null) {
      return Optional.empty();
    }
    return Optional.of(
        "row %d: this withdrawal was recorded at %s, and %s came after; to take that back, give the"
                .formatted(row.row(), row.decision().decidedAt(), newer)
            + " row a time");
  }

  /** The decisions in force that the file does not say, by the topics that withdraw them. */
  private static Map<Topic, Decision> others(List<SaidDecision> said, Decisions all) {
    Set<String> ids = said.stream().map(row -> row.decision().id()).collect(Collectors.toSet());
    Map<Topic, Decision> others = new HashMap<>();
    all.inForce().stream()
        .filter(decision -> !ids.contains(decision.id()))
        .forEach(
            decision ->
                decision.topic().withinReach().forEach(topic -> others.put(topic, decision)));
    return others;
  }
}
