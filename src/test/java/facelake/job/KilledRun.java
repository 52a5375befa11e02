package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs of the launcher that are killed as {@code kill -9} does, at a moment that tables tell. */
final class KilledRun {
  private static final Pattern COMMIT = Pattern.compile("\\d{20}\\.json");

  private final Path temp;
  private final Path lake;

  KilledRun(Path temp, Path lake) {
    this.temp = temp;
    this.lake = lake;
  }

  /**
   * Starts a command and kills it.
   *
   * @param what the moment in words
   * @param moment asked again and again, whether it has come
   */
  void killWhen(
      String what, BooleanSupplier moment, Map<String, String> environment, String... command)
      throws Exception {
    Process run = runUntil(what, moment, environment, command);
    kill(run);
    assertThat(run.waitFor()).isEqualTo(128 + 9);
  }

  /** Starts a command and asks it to end. */
  void terminateWhen(
      String what, BooleanSupplier moment, Map<String, String> environment, String... command)
      throws Exception {
    Process run = runUntil(what, moment, environment, command);
    run.destroy();
    assertThat(run.waitFor()).isEqualTo(128 + 15);
  }

  private Process runUntil(
      String what, BooleanSupplier moment, Map<String, String> environment, String... command)
      throws Exception {
    Path log = Files.createTempFile(temp, "killed-", ".log");
    ProcessBuilder builder = TestLauncher.command(command);
    builder.environment().putAll(environment);
    builder.environment().put("TMPDIR", Files.createTempDirectory(temp, "killed-").toString());
    Process run = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      while (!moment.getAsBoolean()) {
        assertThat(run.isAlive())
            .as("still running until %s; it said: %s", what, Files.readString(log))
            .isTrue();
        Thread.sleep(5);
      }
      return run;
    } catch (RuntimeException | Error e) {
      kill(run);
      throw e;
    }
  }

  private static void kill(Process run) {
    run.descendants().forEach(ProcessHandle::destroyForcibly); // of a launcher that watches it
    run.destroyForcibly();
  }

  /** How often an operation was done to a table, by Delta's own record. */
  int commits(String table, String operation) {
    Path log = lake.resolve(table).resolve("_delta_log");
    if (!Files.isDirectory(log)) {
      return 0;
    }
    int count = 0;
    try (Stream<Path> files = Files.list(log)) {
      for (Path file : files.toList()) {
        if (COMMIT.matcher(file.getFileName().toString()).matches()
            && Files.readString(file).contains("\"operation\":\"" + operation + "\"")) {
          count++;
        }
      }
      return count;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
