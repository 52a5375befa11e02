package facelake.job;

import facelake.Sha256;
import facelake.TestData;
import facelake.TestSpark;
import facelake.image.ImageDecoder;
import facelake.image.JpegEncoder;
import facelake.image.RgbImage;
import facelake.step.source.Layout;
import facelake.table.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A lake with all that photos may have of faults: album {@code a} in folders, and {@code b} in a
 * tar, in which two of its people stand under other names.
 */
final class FaultyAlbums {
  static final String SALLEY = "John_Salley";
  static final String SIMM = "John_Simm";
  static final String SAVAGE = "John_Savage";

  final Lake lake;
  final Path album;

  /** People of {@code a} by the names of their folders. */
  final Map<String, String> people = new HashMap<>();

  FaultyAlbums(Path folder) throws Exception {
    lake = Lake.at(folder.resolve(TestSpark.ODD_FOLDER).toString());
    album = folder.resolve("album");
    for (String person : List.of(SALLEY, SIMM, SAVAGE)) {
      List<Path> photos = john(person);
      for (int photo = 0; photo < 5; photo++) {
        copy(photos.get(photo), album.resolve(person + "/" + photo + ".jpg"));
      }
    }
    // Of another person than its folder says, in a name that not every file system takes.
    copy(john(SALLEY).get(6), album.resolve(SIMM + "/wrong #1?.jpg"));
    copy(john(SALLEY).get(0), album.resolve(SALLEY + "/copy.jpg"));
    Path near = album.resolve(SAVAGE + "/near.jpg");
    Files.write(near, JpegEncoder.encode(image(john(SAVAGE).get(0)).shrunkTo(200), 0.7f));
    copy(TestData.dlibExamples().resolve("faces/dogs.jpg"), album.resolve(SAVAGE + "/dogs.jpg"));
    byte[] whole = Files.readAllBytes(john(SAVAGE).get(7));
    Files.write(album.resolve(SAVAGE + "/cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
    tar(
        folder.resolve("b.tar"),
        Map.of(
            "Sall/7.jpg", john(SALLEY).get(7),
            "Sall/8.jpg", john(SALLEY).get(8),
            "Sall/same.jpg", john(SALLEY).get(0),
            "Simmy/7.jpg", john(SIMM).get(7),
            "Simmy/8.jpg", john(SIMM).get(8)));
    EmbeddedIndex.run(album, Layout.IDENTITY_FOLDERS, "a", lake);
    EmbeddedIndex.run(folder.resolve("b.tar"), Layout.TAR, "b", lake);
    EmbeddedIndex.run(
        TestData.dlibExamples().resolve("faces/Tom_Cruise_avp_2014_4.jpg"),
        Layout.FLAT,
        "late",
        lake);
    new DedupeJob(
            TestSpark.session(),
            DedupeOptions.builder(lake).datasets(List.of("a", "b")).build(),
            phase -> {})
        .execute();
    DedupedLake.resolved(lake)
        .where("role = 'member' AND dataset = 'a'")
        .collectAsList()
        .forEach(row -> people.put(row.getAs("identity"), row.getAs("person_id")));
    // What happened to photos since.
    Files.delete(album.resolve(SIMM + "/0.jpg"));
    copy(john(SIMM).get(9), album.resolve(SIMM + "/1.jpg"));
    Files.setLastModifiedTime(album.resolve(SIMM + "/2.jpg"), FileTime.fromMillis(1_000_000));
  }

  static List<Path> john(String person) throws IOException {
    try (Stream<Path> photos = Files.list(TestData.dlibExamples().resolve("johns/" + person))) {
      return photos.sorted().toList();
    }
  }

  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.write(to, Files.readAllBytes(from));
  }

  static RgbImage image(Path photo) {
    try {
      return new ImageDecoder(ImageDecoder.MOST_PIXELS).decode(Files.readAllBytes(photo)).image();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void tar(Path tar, Map<String, Path> photos) throws IOException {
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      for (Map.Entry<String, Path> photo : new TreeMap<>(photos).entrySet()) {
        byte[] bytes = Files.readAllBytes(photo.getValue());
        TarArchiveEntry entry = new TarArchiveEntry(photo.getKey());
        entry.setSize(bytes.length);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
      }
    }
  }

  /** The sha256 of each file below a folder. */
  static SortedMap<String, String> hashes(Path folder) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  hashes.put(
                      folder.relativize(file).toString(), Sha256.hex(Files.readAllBytes(file)));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return hashes;
  }
}
