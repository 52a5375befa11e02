package facelake.step.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginalsTest {
  private final SparkSession spark = SourceTesting.spark();
  @TempDir private Path temp;

  @Test
  void readsFilesAndMembersOfTarsByTheirUris() throws IOException {
    SourceTesting.write(temp, "my photos/a b/1.jpg", "one");
    SourceTesting.write(temp, "my photos/a b/2.jpg", "two");
    tar(temp.resolve("shard.tar"), "p/3.jpg", "three");
    Map<String, Set<String>> uris = new TreeMap<>();
    list(temp.resolve("my photos").toString(), uris);
    list(temp.resolve("shard.tar").toString(), uris);

    assertThat(uris.keySet()).anyMatch(source -> source.endsWith("/my%20photos"));
    assertThat(contents(uris)).containsExactlyInAnyOrder("one", "two", "three");
  }

  @Test
  void readsWhatAGlobNamed() throws IOException {
    SourceTesting.write(temp, "x 1/1.jpg", "one");
    SourceTesting.write(temp, "x 2/2.jpg", "two");
    Map<String, Set<String>> uris = new TreeMap<>();
    list(temp + "/x*", uris);

    assertThat(contents(uris)).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void readsOnlyWhatIsAskedFor() throws IOException {
    SourceTesting.write(temp, "photos/1.jpg", "one");
    SourceTesting.write(temp, "photos/2.jpg", "two");
    Map<String, Set<String>> uris = new TreeMap<>();
    list(temp.resolve("photos").toString(), uris);
    uris.values().forEach(all -> all.removeIf(uri -> uri.endsWith("1.jpg")));

    assertThat(contents(uris)).containsExactly("two");
  }

  @Test
  void namesWhatIsGoneAndReadsTheRest() throws IOException {
    SourceTesting.write(temp, "photos/1.jpg", "one");
    Path gone = SourceTesting.write(temp, "photos/2.jpg", "two");
    SourceTesting.write(temp, "others/3.jpg", "three");
    Map<String, Set<String>> uris = new TreeMap<>();
    list(temp.resolve("photos").toString(), uris);
    list(temp.resolve("others").toString(), uris);
    Files.delete(gone);
    Files.move(temp.resolve("others"), temp.resolve("elsewhere"));

    Originals found = Originals.find(spark, uris);

    assertThat(found.missing()).hasSize(2);
    assertThat(found.missing().firstKey()).endsWith("/others/3.jpg");
    assertThat(found.missing().get(found.missing().firstKey())).contains("others");
    assertThat(found.missing().lastKey()).endsWith("/photos/2.jpg");
    assertThat(found.missing().get(found.missing().lastKey()))
        .startsWith("is no longer in file:///");
    assertThat(found.photos(2).collect())
        .extracting(one -> text(one.bytes()))
        .containsExactly("one");
    assertThatThrownBy(found::requireAll)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("2 of 3 photos are gone, such as file:///")
        .hasMessageContaining("put them back");
  }

  private List<String> contents(Map<String, Set<String>> uris) {
    return Originals.find(spark, uris).requireAll().photos(2).collect().stream()
        .map(fetched -> text(fetched.bytes()))
        .toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Adds what an index of the input would have written. */
  private void list(String input, Map<String, Set<String>> uris) {
    uris.putAll(
        SourceTesting.byUri(ImageSource.open(spark, List.of(input))).values().stream()
            .collect(
                Collectors.groupingBy(
                    SourceImage::source,
                    Collectors.mapping(SourceImage::uri, Collectors.toCollection(TreeSet::new)))));
  }

  private static void tar(Path tar, String name, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(bytes.length);
      out.putArchiveEntry(entry);
      out.write(bytes);
      out.closeArchiveEntry();
    }
  }
}
