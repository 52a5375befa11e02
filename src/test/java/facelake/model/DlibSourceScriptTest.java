package facelake.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script {@code jobs/dlib-source} itself, without a network. */
class DlibSourceScriptTest {
  @TempDir Path work;

  private Path cache;
  private Path packages;

  @BeforeEach
  void makePackage() throws Exception {
    cache = work.resolve("cache");
    packages = Files.createDirectories(cache.resolve("dlib-source"));
    Path code = Files.createDirectories(work.resolve("dlib-1/dlib/all"));
    Files.writeString(code.resolve("source.cpp"), "// code\n");
    run(List.of("tar", "-cjf", packages + "/dlib_1.orig.tar.bz2", "dlib-1"), Map.of());
    String sum = Hashes.sha256(packages.resolve("dlib_1.orig.tar.bz2"));
    Files.writeString(
        packages.resolve("dlib_1-1.dsc"),
        "Source: dlib\nChecksums-Sha256:\n " + sum + " 1 dlib_1.orig.tar.bz2\nFiles:\n x 1 y\n");
  }

  @Test
  void answersWithAPackageThatIsWhole() throws Exception {
    assertThat(script(Map.of())).isEqualTo(new Answer(0, packages + "\n", ""));
  }

  @Test
  void unpacksTheTreeOnce() throws Exception {
    Answer first = script(Map.of(), "--tree");
    assertThat(first.out()).isEqualTo(packages.resolve("tree") + "\n");
    assertThat(first.words()).contains("unpacking " + packages + "/dlib_1.orig.tar.bz2");
    assertThat(packages.resolve("tree/dlib/all/source.cpp")).hasContent("// code\n");
    assertThat(script(Map.of(), "--tree").words()).isEmpty();
  }

  @Test
  void unpacksWhereItIsTold() throws Exception {
    assertThat(script(Map.of(), "--tree", work + "/here").out()).isEqualTo(work + "/here\n");
  }

  @Test
  void refusesToReplaceAFolderOfOthers() throws Exception {
    Path other = Files.createDirectory(work.resolve("other"));
    Answer answer = script(Map.of(), "--tree", other.toString());
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.words()).contains(other + " is in the way");
  }

  @Test
  void takesTheTreeThatTheUserNames() throws Exception {
    String mine = work.resolve("dlib-1").toString();
    assertThat(script(Map.of("DLIB_SOURCE", mine), "--tree").out()).isEqualTo(mine + "\n");
  }

  @Test
  void rejectsAnEmptySource() throws Exception {
    Path empty = Files.createDirectory(work.resolve("empty"));
    Answer answer = script(Map.of("DLIB_SOURCE", empty.toString()));
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.words()).contains("holds neither dlib/all/source.cpp nor a tarball of dlib");
  }

  @Test
  void saysHowToDoWithoutApt() throws Exception {
    Files.writeString(packages.resolve("dlib_1.orig.tar.bz2"), "damaged");
    Answer answer = script(Map.of("PATH", pathWithoutApt()));
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.words()).contains("no apt-get").contains("DLIB_SOURCE=/path");
    assertThat(answer.out()).isEmpty();
  }

  @Test
  void helpShowsAnExample() throws Exception {
    assertThat(script(Map.of(), "--help").out()).contains("Example: ");
  }

  private record Answer(int code, String out, String words) {}

  private Answer script(Map<String, String> environment, String... arguments) throws Exception {
    Path script = Path.of("jobs/dlib-source").toAbsolutePath();
    List<String> command =
        Stream.concat(Stream.of(script.toString()), Arrays.stream(arguments)).toList();
    return run(command, environment);
  }

  private Answer run(List<String> command, Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().remove("DLIB_SOURCE");
    builder.environment().put("FACELAKE_CACHE", cache.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes());
    String words = new String(process.getErrorStream().readAllBytes());
    return new Answer(process.waitFor(), out, words);
  }

  /** A folder with the few programs that the script needs before it looks for apt. */
  private String pathWithoutApt() throws IOException {
    Path programs = Files.createDirectory(work.resolve("programs"));
    for (String name : List.of("bash", "awk", "sha256sum", "mkdir", "flock", "cat")) {
      Files.createSymbolicLink(programs.resolve(name), installed(name));
    }
    return programs.toString();
  }

  private static Path installed(String program) {
    return List.of("/usr/bin", "/bin").stream()
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }
}
