package facelake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReviewSiteTest {
  private final Map<String, String> files = new LinkedHashMap<>();
  private final ReviewSite site =
      new ReviewSite(
          "run", (name, bytes) -> files.put(name, new String(bytes, StandardCharsets.UTF_8)));

  @Test
  void writesEveryFileThatThePageNames() {
    site.pages();

    Matcher named =
        Pattern.compile("(?:src|href)=\"([a-z]+\\.(?:js|css))\"")
            .matcher(files.get(ReviewSite.PAGE));
    List<String> names = new ArrayList<>(List.of(ReviewSite.PAGE));
    while (named.find()) {
      names.add(named.group(1));
    }
    assertThat(names).hasSizeGreaterThan(10);
    assertThat(files.keySet()).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void cutsRowsIntoFilesOfBoundedSize() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      rows.add(Map.of("id", i, "text", "x".repeat(300)));
    }
    rows.add(Map.of("id", 2500, "text", "y".repeat(400_000)));

    int written = site.rows("people", rows.iterator());

    assertThat(files).hasSize(written);
    assertThat(files.keySet()).first().isEqualTo("data/run/people-1.js");
    assertThat(files.get("data/run/people-1.js").length()).isBetween(200_000, 310_000);
    assertThat(files.get("data/run/people-" + written + ".js").length()).isGreaterThan(400_000);
    assertThat(String.join("", files.values()).split("\"id\":")).hasSize(2502);
  }

  @Test
  void writesNoFileForNothing() {
    assertThat(site.rows("people", List.<Map<String, Object>>of().iterator())).isZero();
    assertThat(files).isEmpty();
  }

  @Test
  void writesScriptsWhateverTheLocaleAndTheNames() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      site.rows("people", List.of(Map.<String, Object>of("name", "</script>\"佐藤\"")).iterator());
    } finally {
      Locale.setDefault(before);
    }

    assertThat(files.get("data/run/people-1.js"))
        .isEqualTo("facelake.rows(\"people\", 1, [\n{\"name\":\"</script>\\\"佐藤\\\"\"}\n]);\n");
  }
}
