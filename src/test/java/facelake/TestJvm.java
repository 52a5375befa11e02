package facelake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JVMs beside that of the tests, for what must not happen in it. */
public final class TestJvm {
  private TestJvm() {}

  /**
   * Starts a class of the tests, with the flags that facelake runs with.
   *
   * @param flags of the JVM, besides those
   * @return the process, whose stderr is in its stdout
   */
  public static Process start(Class<?> main, List<String> flags, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("@conf/jvm-options", "-XX:TieredStopAtLevel=1"));
    line.addAll(flags);
    line.add("-cp");
    line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    line.add(main.getName());
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line).redirectErrorStream(true).start();
  }
}
