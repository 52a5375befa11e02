package facelake.job;

import facelake.TestData;
import facelake.TestSpark;
import facelake.step.source.Layout;
import facelake.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * Two albums of dlib's five men under other names, deduped: one photo is under a wrong name and has
 * a hostile file name, one is there twice, and two files are broken.
 */
final class AlbumsLake {
  /** The name of the file that is labelled wrongly. */
  static final String HOSTILE = "<img src=x onerror=alert(1)> \"佐藤\" .jpg";

  private static Lake shared;

  private AlbumsLake() {}

  /** One lake for all tests that only read it. */
  static synchronized Lake shared() throws IOException {
    if (shared == null) {
      Path folder = Files.createTempDirectory("albums");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> FileUtils.deleteQuietly(folder.toFile())));
      shared = fill(folder);
    }
    return shared;
  }

  /** Makes {@code albums} and {@code lake} in a folder. */
  static Lake fill(Path folder) throws IOException {
    ExampleAlbums links = new ExampleAlbums(folder.resolve("albums"));
    links.link(TestData.dlibExamples().resolve("johns"));
    Path one = links.album(ExampleAlbums.A).resolve("person-1");
    Path two = links.album(ExampleAlbums.A).resolve("person-2");
    Path moved = photos(one).get(0);
    Files.copy(moved.toRealPath(), two.resolve(HOSTILE));
    Files.delete(moved);
    Path copied = photos(one).get(1);
    Files.copy(copied.toRealPath(), one.resolve("copy.jpg"));
    Files.writeString(two.resolve("page.jpg"), "<html>");
    byte[] whole = Files.readAllBytes(copied);
    Files.write(two.resolve("short.jpg"), Arrays.copyOf(whole, whole.length / 2));
    Lake lake = Lake.at(folder.resolve("lake").toString());
    for (String album : List.of(ExampleAlbums.A, ExampleAlbums.B)) {
      EmbeddedIndex.run(links.album(album), Layout.IDENTITY_FOLDERS, album, lake);
    }
    new DedupeJob(TestSpark.session(), DedupeOptions.builder(lake).build(), phase -> {}).execute();
    return lake;
  }

  private static List<Path> photos(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }
}
