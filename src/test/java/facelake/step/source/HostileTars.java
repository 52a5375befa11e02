package facelake.step.source;

import facelake.Mutator;
import facelake.Trial;
import facelake.image.HostileImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.spark.sql.SparkSession;

/**
 * Damaged tar files, any number of them: pictures in folders, sidecars, links and long names in
 * both ways of writing them, {@link Mutator mutated}. The same seed and place give the same bytes.
 */
public final class HostileTars {
  private static final int RECORD = 512;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_END = 156;
  private static final int MAGIC = 257;
  private static final String REFUSED = "tar is refused";

  private final long seed;
  private final List<byte[]> originals;

  /** One stream of tars a seed. */
  public HostileTars(long seed) {
    this.seed = seed;
    HostileImages pictures = new HostileImages(seed);
    originals =
        List.of(
            tar(TarArchiveOutputStream.LONGFILE_GNU, pictures),
            tar(TarArchiveOutputStream.LONGFILE_POSIX, pictures));
  }

  private static byte[] tar(int longNames, HostileImages pictures) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, RECORD, "UTF-8")) {
      out.setLongFileMode(longNames);
      out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      add(out, "ann/1.jpg", pictures.get(0).bytes());
      add(out, "f".repeat(120) + "/2.png", pictures.get(1).bytes());
      add(out, "3.gif", pictures.get(2).bytes());
      add(out, "3.json", "{\"identity\": \"bob\"}".getBytes(StandardCharsets.UTF_8));
      TarArchiveEntry link = new TarArchiveEntry("4.jpg", TarConstants.LF_SYMLINK);
      link.setLinkName("ann/1.jpg");
      out.putArchiveEntry(link);
      out.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream out, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
  }

  /** The tar at a place from 0. */
  public byte[] get(int place) {
    Mutator mutator = new Mutator(seed * 1_000_003 + place);
    byte[] original = originals.get(mutator.choice(originals.size()));
    byte[] bytes = mutator.mutate(original, headers(original));
    if (mutator.chance()) {
      mendChecksums(bytes);
    }
    return bytes;
  }

  /** Lists the tars of a range of places, each of which it leaves in the folder unless refused. */
  public void list(int from, int to, SparkSession spark, Path folder, Trial trial) {
    Storage storage = Storage.of(spark);
    for (int place = from; place < to; place++) {
      Path file = folder.resolve("%06d.tar".formatted(place));
      byte[] tar = get(place);
      trial.run(
          file.getFileName().toString(),
          () -> {
            Files.write(file, tar);
            String outcome = outcome(storage, file);
            if (outcome.equals(REFUSED)) {
              Files.delete(file);
            }
            return outcome;
          });
    }
  }

  private static String outcome(Storage storage, Path file) throws IOException {
    SourceImage tar =
        new SourceImage(
            file.toUri().toString(),
            file.toUri().toString(),
            null,
            Files.size(file),
            "0:0",
            file.toUri().toString(),
            0);
    String outcome = "tar is whole";
    try (TarIndex index = new TarIndex(storage, tar)) {
      while (index.hasNext()) {
        Found found = index.next();
        outcome =
            switch (found.kind()) {
              case REFUSED -> REFUSED;
              case WARNING -> "tar ends early";
              default -> outcome;
            };
      }
    }
    return outcome;
  }

  private static int[] headers(byte[] tar) {
    List<Integer> headers = new ArrayList<>();
    for (int at = 0; at + RECORD <= tar.length; at += RECORD) {
      if (isHeader(tar, at)) {
        headers.add(at);
        headers.add(at + CHECKSUM - RECORD / 8); // the length stands before the checksum
      }
    }
    return headers.stream().mapToInt(at -> at).toArray();
  }

  private static boolean isHeader(byte[] tar, int at) {
    return new String(tar, at + MAGIC, 5, StandardCharsets.ISO_8859_1).equals("ustar");
  }

  /** So that damage gets past the first check, as an attacker's would. */
  private static void mendChecksums(byte[] tar) {
    for (int at = 0; at + RECORD <= tar.length; at += RECORD) {
      if (isHeader(tar, at)) {
        int sum = 8 * ' ';
        for (int i = 0; i < RECORD; i++) {
          sum += i >= CHECKSUM && i < CHECKSUM_END ? 0 : tar[at + i] & 0xFF;
        }
        byte[] digits = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(digits, 0, tar, at + CHECKSUM, digits.length);
      }
    }
  }
}
