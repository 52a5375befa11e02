package facelake.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a model does. */
public enum ModelKind {
  /** Finds faces in a picture. */
  DETECTOR,
  /** Finds points of a face inside its box. */
  LANDMARKS,
  /** Turns a face chip into 128 numbers. */
  EMBEDDER,
  /** Tells women from men. */
  GENDER,
  /** Used by tests only. */
  TEST;

  /** The word that the manifest and messages use, such as {@code embedder}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
