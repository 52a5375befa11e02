package facelake.match;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The subjects of one decision. A pair of equal kind has no order: it is the same topic either way
 * round.
 *
 * @param a an identity or a face
 * @param b the other of a pair; the identity that a face {@code a} belongs to; or null
 */
public record Topic(Subject a, Subject b) implements Comparable<Topic> {
  private static final Comparator<Topic> ORDER =
      Comparator.comparing(Topic::a)
          .thenComparing(Topic::b, Comparator.nullsFirst(Comparator.naturalOrder()));

  /** The forms that a topic can have. */
  public enum Form {
    /** Two identities. */
    IDENTITIES,
    /** Two faces. */
    FACES,
    /** One face. */
    FACE,
    /** A face, and the identity that it belongs to. */
    LABELLED_FACE
  }

  /**
   * A topic.
   *
   * @throws IllegalArgumentException when the subjects have none of the forms
   */
  public Topic {
    Form form = form(a, b);
    if (form != Form.LABELLED_FACE && b != null && b.compareTo(a) < 0) {
      Subject larger = a;
      a = b;
      b = larger;
    }
  }

  /** A face alone. */
  public static Topic of(Subject.Face face) {
    return new Topic(face, null);
  }

  /** Which form this topic has. */
  public Form form() {
    return form(a, b);
  }

  /** One subject or both. */
  public Stream<Subject> subjects() {
    return Stream.of(a, b).filter(Objects::nonNull);
  }

  /** The identity that a labelled face belongs to; nothing for the other forms. */
  Optional<Subject> rightLabel() {
    return form() == Form.LABELLED_FACE ? Optional.of(b) : Optional.empty();
  }

  /** The topics whose withdrawal takes this one back: itself, and of a labelled face the face. */
  public Stream<Topic> withinReach() {
    return form() == Form.LABELLED_FACE ? Stream.of(this, new Topic(a, null)) : Stream.of(this);
  }

  @Override
  public int compareTo(Topic other) {
    return ORDER.compare(this, other);
  }

  private static Form form(Subject a, Subject b) {
    boolean identity = a instanceof Subject.Identity;
    boolean face = a instanceof Subject.Face;
    if (identity && b instanceof Subject.Identity) {
      return Form.IDENTITIES;
    }
    if (face && b instanceof Subject.Face) {
      return Form.FACES;
    }
    if (face) {
      return b == null ? Form.FACE : Form.LABELLED_FACE;
    }
    throw new IllegalArgumentException("no decision is about %s and %s".formatted(a, b));
  }

  @Override
  public String toString() {
    return switch (form()) {
      case IDENTITIES, FACES -> a + " and " + b;
      case FACE -> a.toString();
      case LABELLED_FACE -> a + " as " + b;
    };
  }
}
