package facelake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestJvm;
import java.io.BufferedReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Broken model files are refused, and never end the process. In a JVM of its own, so that the end
 * of that one is a failure of this test. The script {@code src/test/scripts/hostile-models} tries
 * many more.
 */
class HostileModelsIT {
  private static final int FILES = 100;

  @Test
  void aBrokenFileIsAnErrorAndNoCrash() throws Exception {
    Process process =
        TestJvm.start(
            HostileModels.class,
            List.of("-Xmx1g", "-XX:-CreateCoredumpOnCrash"),
            "0",
            String.valueOf(FILES),
            "1");
    List<String> lines;
    try (BufferedReader out = process.inputReader()) {
      lines = out.lines().filter(line -> !line.isEmpty()).toList();
    }
    assertThat(process.waitFor()).as(() -> String.join("\n", lines)).isZero();
    assertThat(lines).noneMatch(line -> line.contains("FAULT"));
    assertThat(lines.stream().filter(line -> line.endsWith(" refused")).count())
        .isBetween(FILES / 2L, FILES - 1L);
    assertThat(lines.stream().filter(line -> line.matches("\\d+ \\S+ (works|refused)")).count())
        .isEqualTo(FILES);
  }
}
