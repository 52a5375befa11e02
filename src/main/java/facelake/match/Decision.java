package facelake.match;

import facelake.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person decided.
 *
 * @param id 32 hex digits; equal for equal content
 * @param who who decided it; null where nobody said
 * @param decidedAt when
 * @param note why, in words; or null
 */
public record Decision(
    String id, Verdict verdict, Topic topic, String who, Instant decidedAt, String note) {
  private static final int HEX_DIGITS = 32;

  static final Comparator<Decision> OLDEST_FIRST =
      Comparator.comparing(Decision::decidedAt).thenComparing(Decision::id);

  /**
   * A decision.
   *
   * @throws IllegalArgumentException when the verdict takes no such topic
   */
  public Decision {
    if (!verdict.forms().contains(topic.form())) {
      throw new IllegalArgumentException(
          "%s is never said of %s".formatted(verdict.label(), topic));
    }
  }

  /**
   * A decision whose id is made of its content: the head of the SHA-256 of the label, the topic,
   * who, when and note. A pair gives the same id either way round, and a time that nobody gave has
   * no part in it.
   *
   * @param when the time that the person gave, or null
   * @param now the time of a decision without one
   */
  public static Decision of(
      Verdict verdict, Topic topic, String who, Instant when, String note, Instant now) {
    String content =
        Stream.of(
                Stream.of(verdict.label()),
                topic.subjects().flatMap(Decision::fields),
                Stream.of(field(who), field(when), field(note)))
            .flatMap(fields -> fields)
            .collect(Collectors.joining("\n"));
    String id = Sha256.hex(content.getBytes(StandardCharsets.UTF_8)).substring(0, HEX_DIGITS);
    return new Decision(id, verdict, topic, who, when == null ? now : when, note);
  }

  private static Stream<String> fields(Subject subject) {
    if (subject instanceof Subject.Identity identity) {
      return Stream.of("identity", field(identity.dataset()), field(identity.name()));
    }
    return Stream.of("face", field(((Subject.Face) subject).id()));
  }

  /** A value with its length, so that no two contents give the same text. */
  private static String field(Object value) {
    String text = String.valueOf(value);
    return value == null ? "none" : text.length() + ":" + text;
  }

  /** Who said it and when: {@code same by ann, 2024-05-01T12:00:00Z}. */
  public String saying() {
    return "%s by %s, %s".formatted(verdict.label(), who == null ? "somebody" : who, decidedAt);
  }

  /** The same with its topic. */
  @Override
  public String toString() {
    return "%s (%s)".formatted(topic, saying());
  }
}
