package facelake;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commands of facelake in words that a POSIX shell takes as they are meant. */
public final class ShellCommand {
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  /** What a shell does not look at within double quotes, where names of SQL are easier to read. */
  private static final Pattern DOUBLE_QUOTED = Pattern.compile("[^\"$`\\\\!]*");

  private ShellCommand() {}

  /**
   * A line to paste, such as {@code jobs/facelake dedupe --lake "my lake"}.
   *
   * @param words the command and its options, each as the program is to get it
   */
  public static String of(String... words) {
    return Stream.concat(Stream.of("jobs/facelake"), Arrays.stream(words).map(ShellCommand::word))
        .collect(Collectors.joining(" "));
  }

  private static String word(String word) {
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    return DOUBLE_QUOTED.matcher(word).matches()
        ? '"' + word + '"'
        : "'" + word.replace("'", "'\\''") + "'";
  }
}
