package facelake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import facelake.model.ModelFixtures.Heard;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetches real models out of Debian's source package, which is kept in the user's cache. */
class ModelFetchIT {
  @TempDir Path folder;

  @Test
  void getsTheDefaultModelsFromDebiansPackage() throws Exception {
    Path project = Path.of("").toAbsolutePath();
    int code =
        new ProcessBuilder(project + "/jobs/dlib-source")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    assumeThat(code).as("jobs/dlib-source could not get Debian's package: skipped").isZero();

    ModelStore store = new ModelStore(Manifest.bundled(), folder);
    Path cache = ModelPlaces.fromEnvironment().cache();
    Heard heard = new Heard();
    long start = System.nanoTime();
    new ModelFetcher(store, List.of(new DebianOrigin(Optional.of(project), cache)), heard)
        .fetch(List.of("landmarks-5", "resnet-v1"));
    System.out.printf("models fetched in %.1f s%n", (System.nanoTime() - start) / 1e9);

    assertThat(store.read("resnet-v1").bytes()).hasSize(22466066);
    assertThat(store.read("landmarks-5").bytes()).hasSize(9150489);
    assertThat(heard.lines).filteredOn(line -> line.startsWith("reading ")).hasSize(1);
  }
}
