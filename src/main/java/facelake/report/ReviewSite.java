package facelake.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A site on which people look at faces and decide, that opens from a disk: scripts and styles as
 * they come, and data as scripts, since a page on a disk may read nothing else.
 */
public final class ReviewSite {
  /** The folder of the data, below which each run has its own. */
  public static final String DATA = "data";

  /** The page to open. */
  public static final String PAGE = "index.html";

  private static final String MANIFEST = DATA + "/manifest.js";

  private static final List<String> PAGES =
      List.of(
          PAGE,
          "site.css",
          "dom.js",
          "data.js",
          "store.js",
          "view.js",
          "faces.js",
          "charts.js",
          "start.js",
          "sections.js",
          "rows.js",
          "dialogs.js",
          "keys.js",
          "toolbar.js",
          "bar.js",
          "site.js");

  /** Bytes of a file of rows at most, unless a single row has more: a first page waits for one. */
  private static final int FILE_BYTES = 300_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String run;
  private final BiConsumer<String, byte[]> files;

  /**
   * A site.
   *
   * @param run names the folder of the data
   * @param files takes the name of a file, below the site's folder, and its content
   */
  public ReviewSite(String run, BiConsumer<String, byte[]> files) {
    this.run = run;
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
  public int rows(String section, Iterator<Map<String, Object>> rows) {
    int written = 0;
    ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    while (rows.hasNext()) {
      byte[] json = json(rows.next());
      if (waiting.size() > 0 && waiting.size() + json.length > FILE_BYTES) {
        write(section, ++written, waiting);
      }
      if (waiting.size() > 0) {
        waiting.writeBytes(utf8(",\n"));
      }
      waiting.writeBytes(json);
    }
    if (waiting.size() > 0) {
      write(section, ++written, waiting);
    }
    return written;
  }

  private void write(String section, int number, ByteArrayOutputStream rows) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(utf8("facelake.rows(\"" + section + "\", " + number + ", [\n"));
    file.writeBytes(rows.toByteArray());
    file.writeBytes(utf8("\n]);\n"));
    files.accept(DATA + "/" + run + "/" + section + "-" + number + ".js", file.toByteArray());
    rows.reset();
  }

  /** Writes what the site begins with; last, since it makes the data those of this run. */
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
