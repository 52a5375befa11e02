package facelake.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A site on which people look at faces and decide, that opens from a disk: scripts and styles as
 * they come, and data as scripts, since a page on a disk may read nothing else.
 */
public final class ReviewSite {
  /** The folder of the data; a site has it, and nothing else does. */
  public static final String DATA = "data";

  /** The last file that is written: a site without it is not whole. */
  public static final String MANIFEST = DATA + "/manifest.js";

  /** The page to open. */
  public static final String PAGE = "index.html";

  private static final List<String> PAGES = List.of(PAGE, "site.css", "site.js");

  /** Bytes of a file of rows at most, unless a single row has more. */
  private static final int FILE_BYTES = 1_000_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final BiConsumer<String, byte[]> files;

  /**
   * A site.
   *
   * @param files takes the name of a file, below the site's folder, and its content
   */
  public ReviewSite(BiConsumer<String, byte[]> files) {
    this.files = files;
  }

  /** Writes the page with its scripts and styles. */
  public void pages() {
    for (String page : PAGES) {
      try (InputStream in = ReviewSite.class.getResourceAsStream("site/" + page)) {
        files.accept(page, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Writes the rows of a section.
   *
   * @return how many files they are in
   */
  public int rows(String section, List<Map<String, Object>> rows) {
    List<byte[]> waiting = new ArrayList<>();
    int size = 0;
    int written = 0;
    for (Map<String, Object> row : rows) {
      byte[] json = json(row);
      if (size > 0 && size + json.length > FILE_BYTES) {
        write(section, ++written, waiting);
        waiting.clear();
        size = 0;
      }
      waiting.add(json);
      size += json.length;
    }
    if (!waiting.isEmpty()) {
      write(section, ++written, waiting);
    }
    return written;
  }

  private void write(String section, int number, List<byte[]> rows) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(utf8("facelake.rows(\"%s\", %d, [%n".formatted(section, number)));
    for (int i = 0; i < rows.size(); i++) {
      file.writeBytes(rows.get(i));
      file.writeBytes(utf8(i < rows.size() - 1 ? ",\n" : "\n"));
    }
    file.writeBytes(utf8("]);\n"));
    files.accept("%s/%s-%d.js".formatted(DATA, section, number), file.toByteArray());
  }

  /** Writes what the site begins with; last, since it makes the site whole. */
  public void manifest(Map<String, Object> values) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(utf8("facelake.manifest("));
    file.writeBytes(json(values));
    file.writeBytes(utf8(");\n"));
    files.accept(MANIFEST, file.toByteArray());
  }

  private static byte[] json(Map<String, Object> values) {
    try {
      return JSON.writeValueAsBytes(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
