package facelake.pipeline;

import java.util.List;

/** Which network labels gender; the label is the value of {@code --gender}. */
public enum GenderModel {
  /** No gender labels. */
  NONE("none"),
  /** dlib's small classifier; wrong for many East Asian men. */
  GENDER_V1("gender-v1"),
  /** Taguchi's ResNet-34, trained for Japanese faces; about a hundred times the work. */
  TAGUCHI_GENDER("taguchi-gender");

  private final String label;

  GenderModel(String label) {
    this.label = label;
  }

  List<String> models() {
    return this == NONE ? List.of() : List.of(label);
  }

  @Override
  public String toString() {
    return label;
  }
}
