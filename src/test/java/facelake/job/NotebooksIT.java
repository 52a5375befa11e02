package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facelake.TestSpark;
import facelake.table.Lake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebooks run from head to foot, where Jupyter is installed. */
class NotebooksIT {
  /** Debian's, whose packages {@code jobs/test} installs; others may lack pandas. */
  private static final Path NBCONVERT = Path.of("/usr/bin/jupyter-nbconvert");

  @TempDir private static Path temp;
  private static Lake lake;

  @BeforeAll
  static void makeSite() throws IOException {
    assumeTrue(
        Files.isExecutable(NBCONVERT),
        NBCONVERT + " is not there; Debian's package jupyter-nbconvert has it");
    lake = AlbumsLake.shared();
    new ReviewJob(
            TestSpark.session(),
            new ReviewOptions(lake, temp.resolve("site").toString(), 100, false),
            phase -> {})
        .execute();
  }

  @Test
  void runFromHeadToFoot() throws Exception {
    List<String> notebooks;
    try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
      notebooks =
          files.map(Path::toString).filter(name -> name.endsWith(".ipynb")).sorted().toList();
    }
    assertThat(notebooks).hasSize(3);

    ProcessBuilder nbconvert =
        new ProcessBuilder(
            Stream.concat(
                    Stream.of(
                        NBCONVERT.toString(),
                        "--to=html",
                        "--execute",
                        "--output-dir=" + temp.resolve("out")),
                    notebooks.stream())
                .toList());
    nbconvert.environment().put("FACELAKE_LAKE", lake.root());
    nbconvert.environment().put("FACELAKE_REVIEW", temp.resolve("site").toString());
    nbconvert.environment().put("MPLCONFIGDIR", temp.toString());
    Process run = nbconvert.redirectErrorStream(true).start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(run.waitFor()).as(said).isZero();
    assertThat(temp.resolve("out/01-first-look.html")).content().contains("album-a", "truncated");
    assertThat(temp.resolve("out/02-threshold.html")).content().contains("false pairs among");
    assertThat(temp.resolve("out/03-audit-a-merge.html"))
        .content()
        .contains("expected_false_merges")
        .doesNotContain("have no picture");
  }
}
