package facelake.match;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Joins identities into people, the surest links first, and never against what must not be one.
 *
 * <p>Two groups are joined where no two of their members are kept apart, by a cannot-link or by a
 * home that both have; and, where the link is but evidence, if at least half of the pairs between
 * them have evidence of their own, and not one of several alone. A chain in which only neighbours
 * look alike is thereby cut at its weakest place. Members that a person's word or one label has
 * joined count as one there: they need not look alike.
 */
public final class PersonGroups {
  /** The part of the pairs between two groups that needs evidence of its own. */
  private static final double SUPPORT = 0.5;

  /** What became of a link. */
  public enum Outcome {
    /** Both sides are one person. */
    JOINED,
    /** A cannot-link between two members of the groups forbids it. */
    KEPT_APART,
    /** Two members of the groups are of one home, in which each person stands once. */
    SAME_HOME,
    /** The groups hang together by this link and too few others. */
    BRIDGE
  }

  /**
   * Evidence that two members are one person.
   *
   * @param a a member
   * @param b another one
   * @param score higher is surer
   */
  public record Link(int a, int b, double score, Kind kind) {}

  /** Where a link comes from; the first kind is joined first. */
  public enum Kind {
    /** A person said so: homes do not count. */
    WORD,
    /** Both have a copy of one photo, which shows one face: needs no further evidence. */
    COPY,
    /** The embeddings. */
    EVIDENCE,
    /** The embeddings, and one label: one pair of several is enough. */
    LABEL;

    /** Evidence is joined by its score, wherever it comes from. */
    private int rank() {
      return Math.min(ordinal(), EVIDENCE.ordinal());
    }
  }

  private final int[] parents;

  /** The same for members that need not look alike. */
  private final int[] certain;

  private final List<List<Integer>> members = new ArrayList<>();
  private final List<Set<Integer>> homes = new ArrayList<>();
  private final Map<Integer, Set<Integer>> apart = new HashMap<>();
  private final Set<Long> supported = new HashSet<>();

  /** By the roots of groups; each is looked at once for all of its pairs. */
  private final Map<Integer, Double> densities = new HashMap<>();

  /**
   * Members that are each alone.
   *
   * @param homeOf the home of each member, in which a person stands once; negative for none
   */
  public PersonGroups(int[] homeOf) {
    parents = IntStream.range(0, homeOf.length).toArray();
    certain = parents.clone();
    for (int member = 0; member < homeOf.length; member++) {
      members.add(List.of(member));
      homes.add(homeOf[member] < 0 ? Set.of() : Set.of(homeOf[member]));
    }
  }

  /** Two members that are never one person. */
  public void keepApart(int a, int b) {
    apart.computeIfAbsent(a, unused -> new HashSet<>()).add(b);
    apart.computeIfAbsent(b, unused -> new HashSet<>()).add(a);
  }

  /** Two members that look like one person, though not surely enough for a link. */
  public void support(int a, int b) {
    supported.add(key(a, b));
  }

  /**
   * Joins what can be joined.
   *
   * @return what became of each link, in their order
   */
  public List<Outcome> join(List<Link> links) {
    densities.clear();
    links.forEach(link -> support(link.a(), link.b()));
    Outcome[] outcomes = new Outcome[links.size()];
    IntStream.range(0, links.size())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(i -> links.get(i).kind().rank())
                .thenComparing(i -> -links.get(i).score())
                .thenComparing(i -> links.get(i).a())
                .thenComparing(i -> links.get(i).b()))
        .forEach(i -> outcomes[i] = join(links.get(i)));
    // Links to others may have joined both sides of a bridge after it was refused.
    for (int i = 0; i < outcomes.length; i++) {
      if (root(links.get(i).a()) == root(links.get(i).b())) {
        outcomes[i] = Outcome.JOINED;
      }
    }
    return List.of(outcomes);
  }

  private Outcome join(Link link) {
    int a = root(link.a());
    int b = root(link.b());
    if (a == b) {
      noteCertain(link);
      return Outcome.JOINED;
    }
    if (apart(members.get(a), members.get(b))) {
      return Outcome.KEPT_APART;
    }
    if (link.kind() != Kind.WORD && homes.get(a).stream().anyMatch(homes.get(b)::contains)) {
      return Outcome.SAME_HOME;
    }
    if (isBridge(link.kind(), members.get(a), members.get(b))) {
      return Outcome.BRIDGE;
    }
    merge(a, b);
    noteCertain(link);
    return Outcome.JOINED;
  }

  private void noteCertain(Link link) {
    if (link.kind() == Kind.WORD || link.kind() == Kind.LABEL) {
      certain[root(certain, link.a())] = root(certain, link.b());
    }
  }

  private void merge(int a, int b) {
    int into = members.get(a).size() < members.get(b).size() ? b : a;
    int from = into == a ? b : a;
    parents[from] = into;
    members.set(into, union(members.get(into), members.get(from), new ArrayList<>()));
    homes.set(into, union(homes.get(into), homes.get(from), new HashSet<>()));
    members.set(from, List.of());
    homes.set(from, Set.of());
  }

  private static <C extends Collection<Integer>> C union(
      Collection<Integer> a, Collection<Integer> b, C union) {
    union.addAll(a);
    union.addAll(b);
    return union;
  }

  private boolean apart(List<Integer> a, List<Integer> b) {
    List<Integer> smaller = a.size() < b.size() ? a : b;
    int other = root((smaller == a ? b : a).get(0));
    return smaller.stream()
        .flatMap(member -> apart.getOrDefault(member, Set.of()).stream())
        .anyMatch(member -> root(member) == other);
  }

  private boolean isBridge(Kind kind, List<Integer> a, List<Integer> b) {
    if (kind == Kind.WORD || kind == Kind.COPY) {
      return false;
    }
    long pairs = certain(a).distinct().count() * certain(b).distinct().count();
    Set<Long> alike = new HashSet<>();
    for (int left : a) {
      for (int right : b) {
        if (supported.contains(key(left, right))) {
          alike.add(key(root(certain, left), root(certain, right)));
        }
      }
    }
    int found = alike.size();
    boolean alone = kind == Kind.EVIDENCE && found == 1 && pairs > 1;
    return alone || found < SUPPORT * pairs;
  }

  private IntStream certain(List<Integer> members) {
    return members.stream().mapToInt(member -> root(certain, member));
  }

  private static long key(int a, int b) {
    return (long) Math.min(a, b) << 32 | Math.max(a, b);
  }

  private int root(int member) {
    return root(parents, member);
  }

  private static int root(int[] parents, int member) {
    int root = member;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }

  /** The group of each member, 0 to k - 1 in order of their first members. */
  public int[] groups() {
    Map<Integer, Integer> numbers = new HashMap<>();
    return IntStream.range(0, parents.length)
        .map(member -> numbers.computeIfAbsent(root(member), unused -> numbers.size()))
        .toArray();
  }

  /** Whether two members are in one group. */
  public boolean joined(int a, int b) {
    return root(a) == root(b);
  }

  /** The part of the pairs inside a member's group that have evidence of their own; 1 if alone. */
  public double density(int member) {
    return densities.computeIfAbsent(root(member), root -> density(members.get(root)));
  }

  private double density(List<Integer> group) {
    if (group.size() == 1) {
      return 1;
    }
    long found = 0;
    for (int left : group) {
      for (int right : group) {
        found += left < right && supported.contains(key(left, right)) ? 1 : 0;
      }
    }
    return found / (group.size() * (group.size() - 1) / 2.0);
  }
}
