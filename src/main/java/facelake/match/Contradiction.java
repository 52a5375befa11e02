package facelake.match;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decisions in force that cannot all be true. */
public final class Contradiction {
  private static final int SHOWN = 12;

  private final String what;
  private final Supplier<List<Decision>> decisions;

  Contradiction(String what, Supplier<List<Decision>> decisions) {
    this.what = what;
    this.decisions = decisions;
  }

  /** The decisions: without one of them, or of those that say the same, the rest can be true. */
  public List<Decision> decisions() {
    return decisions.get();
  }

  /**
   * One line: what is wrong, and the decisions with who made them and when. Of more than 12
   * decisions the first and the last six are told.
   */
  public String line() {
    return "%s: %s".formatted(what, told(decisions()).collect(Collectors.joining("; ")));
  }

  /** Decisions on one topic, which is told already, need not repeat it. */
  private static Stream<String> told(List<Decision> all) {
    boolean oneTopic = all.stream().map(Decision::topic).distinct().count() == 1;
    Function<Decision, String> text = oneTopic ? Decision::saying : Decision::toString;
    if (all.size() <= SHOWN) {
      return all.stream().map(text);
    }
    Stream<String> head = all.stream().limit(SHOWN / 2).map(text);
    Stream<String> tail = all.stream().skip(all.size() - SHOWN / 2).map(text);
    String between = "... %,d more ...".formatted(all.size() - SHOWN);
    return Stream.concat(Stream.concat(head, Stream.of(between)), tail);
  }
}
