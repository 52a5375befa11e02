package facelake.match;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Rules on pairs of identities: which are one person, which a human should look at, and why. */
public final class Resolution {
  /** From this probability on a pair may be one person. */
  private static final double PROBABLE = 0.5;

  /** From this probability on a human should look at a pair. */
  private static final double WORTH_A_LOOK = 0.05;

  /** What a person decided on a pair. */
  public enum Said {
    SAME,
    DIFFERENT,
    NOTHING
  }

  /**
   * A pair that may be one person.
   *
   * @param a place of one side
   * @param b place of the other
   * @param score see {@link IdentityScore}
   * @param logLikelihoodRatio see {@link MatchCalibration#logLikelihoodRatio}
   * @param probability see {@link MatchCalibration#probability}
   * @param expectedFalseMerges see {@link MatchCalibration#expectedFalseMerges}
   * @param sameIdentity whether both are parts of one labelled identity
   * @param samePhoto whether a photo shows both
   * @param far whether even their nearest faces are farther apart than one person's may be
   * @param copy whether both have the same photo, which shows one face
   * @param said what a person decided
   */
  public record Pair(
      int a,
      int b,
      double score,
      double logLikelihoodRatio,
      double probability,
      double expectedFalseMerges,
      boolean sameIdentity,
      boolean samePhoto,
      boolean far,
      boolean copy,
      Said said) {}

  /**
   * What is to be done with a pair.
   *
   * @param bridge whether a group would hang together by this pair
   */
  public record Ruling(MatchVerdict verdict, MatchReason reason, boolean bridge) {}

  private final double mostFalseMerges;
  private final PersonGroups groups;

  /**
   * A resolution.
   *
   * @param homes of all members, see {@link PersonGroups}
   * @param mostFalseMerges pairs count as one person down to the score at which so many pairs of
   *     different people are expected among all pairs
   */
  public Resolution(int[] homes, double mostFalseMerges) {
    this.mostFalseMerges = mostFalseMerges;
    this.groups = new PersonGroups(homes);
  }

  /**
   * Two members that a photo shows beside each other, though there may be no pair of them.
   *
   * @param a place of one
   * @param b place of the other
   */
  public record SamePhoto(int a, int b) {}

  /**
   * Rules on all pairs, in their order; once. Decisions come first, then what photos forbid, then
   * copies and evidence.
   */
  public List<Ruling> rule(List<Pair> pairs, List<SamePhoto> photos) {
    pairs.stream()
        .filter(pair -> pair.said() == Said.DIFFERENT)
        .forEach(pair -> groups.keepApart(pair.a(), pair.b()));
    Map<Integer, PersonGroups.Outcome> outcomes = new HashMap<>();
    join(pairs, pair -> pair.said() == Said.SAME, outcomes);
    pairs.stream()
        .filter(Resolution::isApart)
        .forEach(pair -> groups.keepApart(pair.a(), pair.b()));
    photos.forEach(photo -> groups.keepApart(photo.a(), photo.b()));
    pairs.stream()
        .filter(pair -> !isApart(pair) && pair.probability() >= WORTH_A_LOOK)
        .forEach(pair -> groups.support(pair.a(), pair.b()));
    join(pairs, pair -> pair.said() != Said.SAME && !isApart(pair) && isLinked(pair), outcomes);
    return IntStream.range(0, pairs.size())
        .mapToObj(i -> ruling(pairs.get(i), outcomes.get(i)))
        .toList();
  }

  private Ruling ruling(Pair pair, PersonGroups.Outcome outcome) {
    if (outcome != null) {
      return linked(pair, outcome);
    }
    return groups.joined(pair.a(), pair.b())
        ? new Ruling(MatchVerdict.SAME, MatchReason.GROUP, false)
        : unlinked(pair);
  }

  private void join(
      List<Pair> pairs, Predicate<Pair> wanted, Map<Integer, PersonGroups.Outcome> outcomes) {
    List<Integer> chosen =
        IntStream.range(0, pairs.size()).filter(i -> wanted.test(pairs.get(i))).boxed().toList();
    List<PersonGroups.Outcome> joined =
        groups.join(
            chosen.stream()
                .map(pairs::get)
                .map(pair -> new PersonGroups.Link(pair.a(), pair.b(), pair.score(), kind(pair)))
                .toList());
    for (int i = 0; i < joined.size(); i++) {
      outcomes.put(chosen.get(i), joined.get(i));
    }
  }

  private static boolean isApart(Pair pair) {
    return pair.said() == Said.DIFFERENT || pair.samePhoto() && pair.said() != Said.SAME;
  }

  private boolean isLinked(Pair pair) {
    if (pair.copy()) {
      return true;
    }
    // The label speaks for the parts of one identity: even odds, before they are looked at.
    return pair.sameIdentity() ? pair.logLikelihoodRatio() > 0 : isProven(pair) && !pair.far();
  }

  private boolean isProven(Pair pair) {
    return pair.probability() >= PROBABLE && pair.expectedFalseMerges() <= mostFalseMerges;
  }

  private static PersonGroups.Kind kind(Pair pair) {
    if (pair.said() == Said.SAME) {
      return PersonGroups.Kind.WORD;
    }
    if (pair.copy()) {
      return PersonGroups.Kind.COPY;
    }
    return pair.sameIdentity() ? PersonGroups.Kind.LABEL : PersonGroups.Kind.EVIDENCE;
  }

  private static MatchReason reason(Pair pair) {
    if (pair.said() != Said.NOTHING) {
      return MatchReason.DECISION;
    }
    if (pair.samePhoto()) {
      return MatchReason.SAME_PHOTO;
    }
    return pair.copy() ? MatchReason.DUPLICATE_PHOTO : MatchReason.EVIDENCE;
  }

  private Ruling unlinked(Pair pair) {
    if (!isApart(pair) && !pair.sameIdentity() && pair.far() && isProven(pair)) {
      return new Ruling(MatchVerdict.REVIEW, MatchReason.FAR, false);
    }
    MatchVerdict verdict =
        !isApart(pair) && pair.probability() >= WORTH_A_LOOK
            ? MatchVerdict.REVIEW
            : MatchVerdict.DIFFERENT;
    return new Ruling(verdict, reason(pair), false);
  }

  private static Ruling linked(Pair pair, PersonGroups.Outcome outcome) {
    return switch (outcome) {
      case JOINED -> new Ruling(MatchVerdict.SAME, reason(pair), false);
      case KEPT_APART -> new Ruling(MatchVerdict.REVIEW, MatchReason.KEPT_APART, false);
      case SAME_HOME -> new Ruling(MatchVerdict.REVIEW, MatchReason.SAME_DATASET, false);
      case BRIDGE -> new Ruling(MatchVerdict.REVIEW, MatchReason.BRIDGE, true);
    };
  }

  /** The person of each member, 0 to k - 1 in order of their first members. */
  public int[] people() {
    return groups.groups();
  }

  /** See {@link PersonGroups#density}. */
  public double density(int member) {
    return groups.density(member);
  }
}
