package facelake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house rules on who may use what, read from the imports of the sources. */
class ArchitectureTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+)");
  private static final Pattern OWN = Pattern.compile("facelake\\.([a-z]+)\\..*");

  /** The packages of facelake that each package may import. */
  private static final Map<String, Set<String>> BELOW =
      Map.ofEntries(
          Map.entry("", Set.of()),
          Map.entry("image", Set.of()),
          Map.entry("dlib", Set.of("image")),
          Map.entry("net", Set.of("dlib")),
          Map.entry("model", Set.of()),
          Map.entry("pipeline", Set.of("image", "dlib", "net", "model")),
          Map.entry("table", Set.of("image", "pipeline", "match")),
          Map.entry("match", Set.of("dlib", "net")),
          Map.entry("eval", Set.of("match")),
          Map.entry("report", Set.of("eval")),
          Map.entry("spark", Set.of()),
          Map.entry(
              "step",
              Set.of("image", "dlib", "net", "model", "pipeline", "table", "match", "spark")),
          Map.entry(
              "job",
              Set.of(
                  "image",
                  "dlib",
                  "net",
                  "model",
                  "pipeline",
                  "table",
                  "match",
                  "eval",
                  "report",
                  "spark",
                  "step")),
          Map.entry(
              "cli",
              Set.of(
                  "image",
                  "dlib",
                  "net",
                  "model",
                  "pipeline",
                  "table",
                  "match",
                  "eval",
                  "report",
                  "spark",
                  "step",
                  "job")));

  private static final Set<String> WITH_SPARK = Set.of("cli", "job", "step", "table", "spark");

  private record Use(Path file, String layer, String imported) {
    boolean isOf(String prefix) {
      return imported.startsWith(prefix);
    }

    /** The package of the file. */
    String home() {
      return SOURCES.relativize(file.getParent()).toString().replace('/', '.');
    }

    /** What stands before the first name of a class. */
    String importedPackage() {
      return imported.replaceFirst("\\.[A-Z].*", "");
    }
  }

  private static List<Use> uses;

  @BeforeAll
  static void readImports() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      uses =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .flatMap(ArchitectureTest::usesOf)
              .toList();
    }
    assertThat(uses).isNotEmpty();
  }

  @Test
  void everyPackageHasItsPlace() {
    assertThat(uses).extracting(Use::layer).isSubsetOf(BELOW.keySet());
  }

  @Test
  void importsPointDownward() {
    assertThat(uses)
        .filteredOn(use -> OWN.matcher(use.imported()).matches())
        .allSatisfy(
            use -> {
              String used = own(use.imported());
              assertThat(used.equals(use.layer()) || BELOW.get(use.layer()).contains(used))
                  .as("%s may import %s", use.file(), use.imported())
                  .isTrue();
            });
  }

  @Test
  void noTwoPackagesNeedEachOther() {
    Set<List<String>> needs =
        uses.stream()
            .filter(use -> use.isOf("facelake."))
            .map(use -> List.of(use.home(), use.importedPackage()))
            .filter(need -> !need.get(0).equals(need.get(1)))
            .collect(Collectors.toSet());

    assertThat(needs)
        .isNotEmpty()
        .allSatisfy(need -> assertThat(needs).doesNotContain(List.of(need.get(1), need.get(0))));
  }

  @Test
  void sparkStaysInItsPackages() {
    assertThat(uses)
        .filteredOn(
            use ->
                use.isOf("org.apache.spark")
                    || use.isOf("org.apache.hadoop")
                    || use.isOf("io.delta")
                    || use.isOf("scala"))
        .allSatisfy(use -> assertThat(use.layer()).as(use.toString()).isIn(WITH_SPARK));
  }

  @Test
  void nativeLibrariesStayInTheBinding() {
    assertThat(uses)
        .filteredOn(use -> use.isOf("org.bytedeco"))
        .allSatisfy(use -> assertThat(use.layer()).as(use.toString()).isIn("dlib", "net"));
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    assertThat(uses)
        .extracting(use -> use.file().getParent())
        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
  }

  private static Stream<Use> usesOf(Path file) {
    String layer = SOURCES.resolve("facelake").relativize(file.getParent()).toString();
    String top = layer.contains("/") ? layer.substring(0, layer.indexOf('/')) : layer;
    return lines(file)
        .map(IMPORT::matcher)
        .filter(Matcher::find)
        .map(found -> new Use(file, top, found.group(1)));
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String own(String imported) {
    Matcher matcher = OWN.matcher(imported);
    return matcher.matches() ? matcher.group(1) : "";
  }
}
