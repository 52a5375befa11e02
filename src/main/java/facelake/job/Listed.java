package facelake.job;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes long lists into messages. */
final class Listed {
  /** How many entries are told. */
  static final int SHOWN = 10;

  private Listed() {}

  /** The first ten, one an indented line, and how many more there are. */
  static <T> String first(List<T> all, Function<T, String> text) {
    Stream<String> more =
        all.size() > SHOWN
            ? Stream.of("... and %,d more".formatted(all.size() - SHOWN))
            : Stream.empty();
    return Stream.concat(all.stream().limit(SHOWN).map(text), more)
        .map(line -> "  " + line)
        .collect(Collectors.joining("\n"));
  }
}
