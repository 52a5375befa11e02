package facelake.step.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * What stands beside {@code key.jpg} in a WebDataset shard: {@code key.json} or {@code key.cls}.
 */
final class Sidecar {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FIELDS = List.of("identity", "label", "cls", "class");

  /** A label is short; anything longer is no sidecar of this kind. */
  private static final long LIMIT = 1 << 20;

  private Sidecar() {}

  static boolean named(String name) {
    return Suffix.of(name).equals(".json") || Suffix.of(name).equals(".cls");
  }

  /** The identity that a sidecar gives, else {@code known}; JSON wins over .cls. */
  static String identity(String name, InputStream content, long bytes, String known)
      throws IOException {
    if (bytes > LIMIT) {
      return known;
    }
    byte[] all = content.readNBytes((int) bytes);
    if (Suffix.of(name).equals(".json")) {
      String said = json(all);
      return said == null ? known : said;
    }
    return known == null ? text(new String(all, StandardCharsets.UTF_8)) : known;
  }

  private static String json(byte[] content) throws IOException {
    try {
      JsonNode node = JSON.readTree(content);
      return FIELDS.stream()
          .flatMap(field -> Stream.ofNullable(node.get(field)))
          .filter(value -> value.isValueNode() && !value.isNull())
          .flatMap(value -> Stream.ofNullable(text(value.asText())))
          .findFirst()
          .orElse(null);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static String text(String raw) {
    String text = raw.strip();
    return text.isEmpty() ? null : text;
  }
}
