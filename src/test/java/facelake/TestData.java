package facelake;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facelake.model.ModelStore;
import facelake.model.VerifiedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real models and photos that integration tests work on. */
public final class TestData {
  private static Path examples;

  private TestData() {}

  /** A model that {@code jobs/test} fetches from Debian's package; fails where it is not there. */
  public static VerifiedModel model(String name) {
    return ModelStore.fromEnvironment().read(name);
  }

  /** A model that cannot be had everywhere; the test is skipped where it is not there. */
  public static VerifiedModel modelOrSkip(String name) {
    try {
      return model(name);
    } catch (UserError missing) {
      assumeTrue(false, missing.getMessage());
      throw missing;
    }
  }

  /** dlib's folder {@code examples}, which holds {@code faces} and {@code johns}. */
  public static synchronized Path dlibExamples() {
    if (examples == null) {
      try {
        Process script =
            new ProcessBuilder("jobs/dlib-source", "--tree")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String tree =
            new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (script.waitFor() != 0) {
          throw new IllegalStateException("jobs/dlib-source failed; its words are above");
        }
        examples = Path.of(tree, "examples");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return examples;
  }

  /** A file or folder of the shared test data; the test is skipped where it is not there. */
  public static Path sharedOrSkip(String name) {
    Path path = Path.of(System.getProperty("facelake.shared", "../shared")).resolve(name);
    assumeTrue(
        Files.exists(path),
        () ->
            path.toAbsolutePath().normalize()
                + " is not there; -Dfacelake.shared names its folder");
    return path;
  }
}
