import facelake.Trial;
import facelake.image.HostileImages;
import facelake.spark.Sessions;
import facelake.step.source.HostileTars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.sql.SparkSession;

/** {@code HostileInputs FOLDER COUNT SEED}: what the script hostile-inputs decodes and lists. */
public final class HostileInputs {
  private static final int READINGS = 10;
  private static final int PICTURES_A_TAR = 1000;

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int count = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    int tars = count / 10;
    Trial trial = new Trial();
    long start = System.nanoTime();
    decode(new HostileImages(seed), count - tars, trial);
    try (SparkSession spark = Sessions.open("hostile inputs")) {
      new HostileTars(seed).list(0, tars, spark, folder, trial);
    }
    System.out.printf("%,d inputs in %.0f s%n", count, (System.nanoTime() - start) / 1e9);
    trial.outcomes().forEach((word, inputs) -> System.out.printf("%8d %s%n", inputs, word));
    System.out.printf("slowest: %s, %.2f s of processor%n", trial.slowest(), trial.longest());
    trial.faults().forEach(System.out::println);
    pack(new HostileImages(seed), count - tars, folder);
    System.exit(trial.faults().isEmpty() ? 0 : 1);
  }

  private static void decode(HostileImages images, int count, Trial trial) {
    for (int reading = 0; reading < READINGS; reading++) {
      images.decode(
          (int) ((long) count * reading / READINGS),
          (int) ((long) count * (reading + 1) / READINGS),
          trial);
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      long used = runtime.totalMemory() - runtime.freeMemory();
      System.out.printf(
          "%3d %% decoded, %d MB of heap in use%n", 100 * (reading + 1) / READINGS, used >> 20);
    }
  }

  /** For the command index. */
  private static void pack(HostileImages images, int count, Path folder) throws IOException {
    for (int from = 0; from < count; from += PICTURES_A_TAR) {
      Path tar = folder.resolve("pictures-%06d.tar".formatted(from));
      try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
        for (int place = from; place < Math.min(count, from + PICTURES_A_TAR); place++) {
          HostileImages.HostileImage image = images.get(place);
          TarArchiveEntry entry = new TarArchiveEntry("pictures/" + image.name());
          entry.setSize(image.bytes().length);
          out.putArchiveEntry(entry);
          out.write(image.bytes());
          out.closeArchiveEntry();
        }
      }
    }
  }
}
