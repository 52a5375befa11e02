package facelake.cli;

import facelake.Nearest;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the value of an option that takes one of a few words, in any case of letters. */
final class Choice<E extends Enum<E>> implements ITypeConverter<E> {
  private final Map<String, E> values;

  private Choice(Class<E> type) {
    values =
        Stream.of(type.getEnumConstants())
            .collect(
                Collectors.toMap(Choice::word, Function.identity(), (a, b) -> a, TreeMap::new));
  }

  /** Lets a command and its subcommands read options of this type. */
  static <E extends Enum<E>> void register(CommandLine line, Class<E> type) {
    line.registerConverter(type, new Choice<>(type));
  }

  @Override
  public E convert(String typed) {
    return of(typed, values);
  }

  /**
   * The value that a word stands for, in any case of letters.
   *
   * @throws TypeConversionException when it is none, naming all and the nearest
   */
  static <V> V of(String typed, Map<String, V> values) {
    String word = typed.toLowerCase(Locale.ROOT);
    V value = values.get(word);
    if (value == null) {
      throw new TypeConversionException(
          "'%s' is none of %s%s"
              .formatted(
                  typed,
                  String.join(", ", new TreeSet<>(values.keySet())),
                  Nearest.question(word, values.keySet())));
    }
    return value;
  }

  /** An option value without a label of its own is called by its name. */
  private static String word(Enum<?> value) {
    return value.toString().toLowerCase(Locale.ROOT);
  }
}
