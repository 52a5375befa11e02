package facelake.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What decisions say of members of groups: parts of identities, by their numbers. Decisions on an
 * identity and on its faces, which speak of the same members, meet here.
 */
public final class DecidedPairs {
  private record Pair(long a, long b) implements Comparable<Pair> {
    static Pair of(long a, long b) {
      return new Pair(Math.min(a, b), Math.max(a, b));
    }

    @Override
    public int compareTo(Pair other) {
      return a != other.a ? Long.compare(a, other.a) : Long.compare(b, other.b);
    }
  }

  private final Map<Pair, Decision> same = new TreeMap<>();
  private final Map<Pair, Decision> different = new TreeMap<>();

  /** Takes a decision that two members are one person; one member with itself says nothing. */
  public void same(long a, long b, Decision by) {
    if (a != b) {
      same.putIfAbsent(Pair.of(a, b), by);
    }
  }

  /** Takes a decision that two members are two people. */
  public void different(long a, long b, Decision by) {
    different.putIfAbsent(Pair.of(a, b), by);
  }

  /** Decisions that cannot all be true, in the order of the members. */
  public List<Contradiction> contradictions() {
    Links<Long> links = new Links<>();
    same.forEach((pair, by) -> links.add(pair.a(), pair.b(), by));
    List<Contradiction> found = new ArrayList<>();
    different.forEach(
        (pair, by) -> {
          if (links.joined(pair.a(), pair.b())) {
            found.add(
                new Contradiction(
                    "%s are called different, and others make them the same".formatted(by.topic()),
                    () ->
                        Stream.concat(Stream.of(by), links.chain(pair.a(), pair.b()).stream())
                            .distinct()
                            .toList()));
          }
        });
    return found;
  }

  /** What is said of each pair, the smaller member first, in the order of the members. */
  public void forEach(PairConsumer consumer) {
    Map<Pair, Resolution.Said> said = new TreeMap<>();
    same.keySet().forEach(pair -> said.put(pair, Resolution.Said.SAME));
    different.keySet().forEach(pair -> said.put(pair, Resolution.Said.DIFFERENT));
    said.forEach((pair, word) -> consumer.accept(pair.a(), pair.b(), word));
  }

  /** Takes a pair. */
  @FunctionalInterface
  public interface PairConsumer {
    /** Takes two members and what is said of them. */
    void accept(long a, long b, Resolution.Said said);
  }
}
