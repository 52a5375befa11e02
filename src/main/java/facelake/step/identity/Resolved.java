package facelake.step.identity;

import facelake.match.MatchVerdict;
import facelake.match.Resolution;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Who is who: the person of each part, and what the pairs propose for parts that are not in their
 * place. Lives in the driver and is sent to executors: some 10 bytes a part and 100 a proposal.
 */
public final class Resolved implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final double PROBABLE = 0.5;

  /** Another identity that a part may belong to; numbers are those of {@link PartRows}. */
  record Proposal(long number, double distance, double probability, boolean decided)
      implements Serializable {}

  private final PartFacts facts;
  private final int[] people;
  private final Map<Long, Proposal> proposals = new HashMap<>();

  Resolved(PartFacts facts, int[] people) {
    this.facts = facts;
    this.people = people;
  }

  /** Takes a pair for a proposal where it is probable enough, in both directions. */
  void note(Resolution.Pair pair, double distance, MatchVerdict verdict) {
    if (verdict == MatchVerdict.DIFFERENT || pair.sameIdentity()) {
      return;
    }
    if (verdict == MatchVerdict.SAME || pair.probability() >= PROBABLE) {
      propose(pair.a(), pair.b(), distance, pair);
      propose(pair.b(), pair.a(), distance, pair);
    }
  }

  private void propose(int part, int other, double distance, Resolution.Pair pair) {
    if (!facts.isTrusted(other)) {
      return;
    }
    boolean decided = pair.said() == Resolution.Said.SAME;
    Proposal proposal = new Proposal(facts.number(other), distance, pair.probability(), decided);
    proposals.merge(facts.number(part), proposal, (old, now) -> better(part, old, now) ? now : old);
  }

  /**
   * A home that a person named; else one in the same dataset, which explains a wrong label; of two
   * such homes the more probable one.
   */
  private boolean better(int part, Proposal old, Proposal now) {
    if (old.decided() != now.decided()) {
      return now.decided();
    }
    boolean oldAtHome = isAtHome(part, old);
    boolean nowAtHome = isAtHome(part, now);
    if (oldAtHome != nowAtHome) {
      return nowAtHome;
    }
    return now.probability() > old.probability()
        || now.probability() == old.probability() && now.number() < old.number();
  }

  private boolean isAtHome(int part, Proposal proposal) {
    return facts.dataset(facts.place(proposal.number())) == facts.dataset(part);
  }

  /** The proposal for a part, or null. */
  Proposal proposal(long number) {
    return proposals.get(number);
  }

  /** Whether another identity of the same dataset is proposed for the part at a place. */
  boolean belongsElsewhere(int place) {
    Proposal proposal = proposals.get(facts.number(place));
    return proposal != null && isAtHome(place, proposal);
  }

  PartFacts facts() {
    return facts;
  }

  /** The person of a part, a number from 0. */
  public int person(long number) {
    return people[facts.place(number)];
  }

  /** Number of people. */
  public int count() {
    return Arrays.stream(people).max().orElse(-1) + 1;
  }

  /** Number of people who stand in two datasets or more. */
  public long shared() {
    int[] home = new int[count()];
    Arrays.fill(home, -1);
    BitSet shared = new BitSet(home.length);
    for (int place = 0; place < people.length; place++) {
      int dataset = facts.dataset(place);
      if (home[people[place]] >= 0 && home[people[place]] != dataset) {
        shared.set(people[place]);
      }
      home[people[place]] = dataset;
    }
    return shared.cardinality();
  }
}
