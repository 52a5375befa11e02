package facelake.match;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Decisions taken together: which of them hold, and which contradict each other.
 *
 * <p>A withdrawal takes back what was decided on its topic before its own time. Of a face alone it
 * takes back that it is no face and that its label is wrong; of a face and an identity, that the
 * face belongs there; of a pair, same and different.
 */
public final class Decisions {
  private final Map<Topic, Decision> lastWithdrawals = new HashMap<>();
  private final Map<Topic, Decision> first = new HashMap<>();
  private final List<Decision> inForce;

  /** The decisions of which each counts once, whatever the order. */
  public Decisions(Collection<Decision> decisions) {
    Map<String, Decision> once = new LinkedHashMap<>();
    decisions.forEach(decision -> once.putIfAbsent(decision.id(), decision));
    once.values().forEach(this::note);
    inForce =
        once.values().stream()
            .filter(decision -> decision.verdict() != Verdict.WITHDRAW)
            .filter(decision -> withdrawal(decision).isEmpty())
            .sorted(Decision.OLDEST_FIRST)
            .toList();
  }

  private void note(Decision decision) {
    if (decision.verdict() == Verdict.WITHDRAW) {
      lastWithdrawals.merge(
          decision.topic(), decision, BinaryOperator.maxBy(Decision.OLDEST_FIRST));
    } else {
      decision
          .topic()
          .withinReach()
          .forEach(
              topic -> first.merge(topic, decision, BinaryOperator.minBy(Decision.OLDEST_FIRST)));
    }
  }

  /** The decisions that nobody took back, the oldest first; withdrawals are not among them. */
  public List<Decision> inForce() {
    return inForce;
  }

  /** What cannot all be true of {@link #inForce}; empty where all is well. */
  public List<Contradiction> contradictions() {
    return Contradictions.among(inForce);
  }

  /** The last withdrawal that takes a decision back, where there is one. */
  public Optional<Decision> withdrawal(Decision decision) {
    return decision
        .topic()
        .withinReach()
        .map(lastWithdrawals::get)
        .filter(withdrawal -> withdrawal != null && isBefore(decision, withdrawal))
        .max(Decision.OLDEST_FIRST);
  }

  /** Whether there is anything that a withdrawal takes back, be it taken back already. */
  public boolean reaches(Decision withdrawal) {
    Decision oldest = first.get(withdrawal.topic());
    return oldest != null && isBefore(oldest, withdrawal);
  }

  private static boolean isBefore(Decision decision, Decision withdrawal) {
    return decision.decidedAt().isBefore(withdrawal.decidedAt());
  }
}
