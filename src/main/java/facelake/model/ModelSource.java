package facelake.model;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A place that publishes a model.
 *
 * @param kind how to get it there
 * @param at where it is: the file in the project's folder models, the member of Debian's models
 *     tarball, the URL of the {@code .bz2}, or the page that a person downloads it from
 */
public record ModelSource(Kind kind, String at) {

  /** How a published model is got. */
  public enum Kind {
    /** facelake carries the file itself. */
    BUNDLED("bundled"),
    /** Debian's source package {@code dlib} carries the file. */
    DEBIAN("debian"),
    /** dlib's web site carries the file, compressed with bzip2. */
    DLIB_NET("dlib.net"),
    /** Only a person can download it. */
    BY_HAND("by-hand");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The word that the manifest uses. */
    @JsonValue
    public String label() {
      return label;
    }
  }
}
