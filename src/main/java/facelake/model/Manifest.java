package facelake.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import facelake.Nearest;
import facelake.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The models that facelake knows.
 *
 * @param specs every model, in the order of the file
 */
public record Manifest(@JsonProperty("models") List<ModelSpec> specs) {
  /** The project's folder {@code models}, as the jar carries it. */
  static final String FOLDER = "/facelake/models/";

  private static final String RESOURCE = FOLDER + "manifest.json";

  public Manifest {
    specs = List.copyOf(specs);
  }

  /** The manifest that the jar carries, {@code models/manifest.json} of the project. */
  public static Manifest bundled() {
    try (InputStream json = Manifest.class.getResourceAsStream(RESOURCE)) {
      return parse(json);
    } catch (IOException e) {
      throw new UncheckedIOException("The bundled " + RESOURCE + " cannot be read", e);
    }
  }

  static Manifest parse(InputStream json) throws IOException {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .build()
        .readValue(json, Manifest.class);
  }

  /**
   * The model of that name.
   *
   * @throws UserError when there is none; the message suggests the nearest name
   */
  public ModelSpec spec(String name) {
    return specs.stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private UserError unknown(String name) {
    List<String> names = specs.stream().map(ModelSpec::name).toList();
    return new UserError(
        "There is no model %s (there are %s)%s",
        name, String.join(", ", names), Nearest.question(name, names));
  }
}
