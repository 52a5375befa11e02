package facelake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code jobs/facelake} as its users start it: a process of its own, on two cores. */
public final class TestLauncher {
  private TestLauncher() {}

  /**
   * How a command ended.
   *
   * @param exit its exit code
   * @param out what it wrote to stdout
   * @param err what it wrote to stderr
   */
  public record Outcome(int exit, String out, String err) {}

  /**
   * A command to be started, on an embedded Spark; the process becomes the JVM, but for {@code
   * index}, whose JVM is its child.
   */
  public static ProcessBuilder command(String... arguments) {
    List<String> line = new ArrayList<>(List.of("jobs/facelake"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().keySet().removeAll(List.of("SPARK_HOME", "FACELAKE_MEMORY"));
    builder.environment().put("FACELAKE_MASTER", "local[2]");
    // Short runs: optimising their code would cost more than it gains.
    builder.environment().put("FACELAKE_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    return builder;
  }

  /** Runs a command to its end. */
  public static Outcome run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /** Runs a command to its end, with more variables in its environment. */
  public static Outcome run(Map<String, String> environment, String... arguments) {
    ProcessBuilder builder = command(arguments);
    builder.environment().putAll(environment);
    try {
      Path err = Files.createTempFile("facelake-launcher-", ".err");
      try {
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), out, Files.readString(err));
      } finally {
        Files.delete(err);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
