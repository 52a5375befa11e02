package facelake.match;

import java.util.Comparator;

/** What a person's decision is about: a labelled identity of a dataset, or one face. */
public sealed interface Subject extends Comparable<Subject> {
  /**
   * The person of a label of one dataset.
   *
   * @param dataset as in {@code images.dataset}
   * @param name as in {@code images.identity}
   */
  record Identity(String dataset, String name) implements Subject {
    @Override
    public String toString() {
      return "identity '%s' of dataset '%s'".formatted(name, dataset);
    }
  }

  /**
   * A face.
   *
   * @param id as in {@code faces.face_id}
   */
  record Face(String id) implements Subject {
    @Override
    public String toString() {
      return "face " + id;
    }
  }

  /** Identities before faces, each in order of their characters. */
  @Override
  default int compareTo(Subject other) {
    if (this instanceof Identity a && other instanceof Identity b) {
      return Comparator.comparing(Identity::dataset).thenComparing(Identity::name).compare(a, b);
    }
    if (this instanceof Face a && other instanceof Face b) {
      return a.id().compareTo(b.id());
    }
    return this instanceof Identity ? -1 : 1;
  }
}
