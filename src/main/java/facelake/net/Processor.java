package facelake.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The processor that networks run on. */
public final class Processor {
  private Processor() {}

  /** Its name, such as {@code AMD EPYC 9575F 64-Core Processor}; {@code unknown} where not told. */
  public static String name() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** The instruction set that oneDNN uses, such as {@code avx512_core_bf16}. */
  public static String instructions() {
    return Onednn.instructionSet();
  }
}
