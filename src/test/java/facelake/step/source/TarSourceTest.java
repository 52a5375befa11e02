package facelake.step.source;

import static facelake.step.source.SourceTesting.byUri;
import static facelake.step.source.SourceTesting.images;
import static facelake.step.source.SourceTesting.readAll;
import static facelake.step.source.SourceTesting.spark;
import static facelake.step.source.SourceTesting.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarSourceTest {
  @TempDir Path folder;

  @Test
  void findsMembersAndReadsTheirBytes() throws IOException {
    try (Tar tar = new Tar("my #1 shards/50%.tar")) {
      tar.folder("ann");
      tar.file("ann/1.jpg", "one");
      tar.file("./bob/太郎 #2%.png", "two");
      tar.file("../up/3.jpg", "three");
      tar.file("/root/4.jpg", "four");
      tar.file("notes.txt", "");
      tar.file("ann/._1.jpg", "what macOS adds");
      tar.file("__MACOSX/1.jpg", "and more of it");
      tar.file("empty.jpg", "");
    }
    String shard = "file://" + folder + "/my%20%231%20shards/50%25.tar";
    ImageSource source = ImageSource.open(spark(), List.of(folder + "/my #1 shards"));

    assertThat(source.layout()).isEqualTo(Layout.TAR);
    assertThat(readAll(source))
        .containsOnly(
            Map.entry(shard + "#ann/1.jpg", "one"),
            Map.entry(shard + "#./bob/太郎%20%232%25.png", "two"),
            Map.entry(shard + "#../up/3.jpg", "three"),
            Map.entry(shard + "#/root/4.jpg", "four"),
            Map.entry(shard + "#empty.jpg", ""));
    try (Listing listing = source.list()) {
      assertThat(listing.skipped())
          .containsExactlyInAnyOrderEntriesOf(Map.of(".txt", 1L, "hidden", 2L));
      assertThat(listing.warnings()).isEmpty();
    }
  }

  @Test
  void saysWhereAndWhatAMemberIs() throws IOException {
    try (Tar tar = new Tar("x.tar")) {
      tar.file("ann/1.jpg", "one");
      tar.file("ann/2.jpg", "two!");
    }
    long modified = Files.getLastModifiedTime(folder.resolve("x.tar")).toMillis();
    String shard = "file://" + folder + "/x.tar";
    assertThat(byUri(open("x.tar")).get(shard + "#ann/2.jpg"))
        .isEqualTo(
            new SourceImage(
                shard + "#ann/2.jpg", shard, "ann", 4, "4:" + modified, shard, 3 * 512));
  }

  @Test
  void takesIdentitiesFromFoldersElseFromSidecars() throws IOException {
    try (Tar tar = new Tar("x.tar")) {
      tar.file("1.jpg", "");
      tar.file("1.json", "{\"label\": \"no\", \"identity\": \"ann\"}");
      tar.file("2.json", "{\"cls\": 17}");
      tar.file("2.jpg", "");
      tar.file("3.cls", "bob\n");
      tar.file("3.png", "");
      tar.file("4.jpg", "");
      tar.file("5.cls", "belongs to no picture");
      tar.file("6.json", "{not json");
      tar.file("6.jpg", "");
      tar.file("7.json", "{\"identity\": null, \"class\": \"cyd\"}");
      tar.file("7.jpg", "");
      tar.file("7.cls", "weaker");
      tar.file("dan/8.jpg", "");
      tar.file("dan/8.json", "{\"identity\": \"not asked\"}");
      tar.file("../9.jpg", "");
    }
    Map<String, String> identities;
    try (Listing listing = open("x.tar").list()) {
      identities =
          images(listing).stream()
              .filter(image -> image.identity() != null)
              .collect(
                  Collectors.toMap(
                      image -> image.uri().replaceAll(".*#", ""), SourceImage::identity));
      assertThat(listing.count()).isEqualTo(8);
    }
    assertThat(identities)
        .containsOnly(
            Map.entry("1.jpg", "ann"),
            Map.entry("2.jpg", "17"),
            Map.entry("3.png", "bob"),
            Map.entry("7.jpg", "cyd"),
            Map.entry("dan/8.jpg", "dan"));
  }

  @ParameterizedTest
  @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
  void understandsLongNames(int mode) throws IOException {
    String name = "f".repeat(120) + "/" + "名".repeat(60) + ".jpg";
    try (Tar tar = new Tar("x.tar")) {
      tar.out.setLongFileMode(mode);
      tar.file(name, "long");
      tar.file("z/next.jpg", "next");
    }
    assertThat(readAll(open("x.tar")))
        .containsOnly(
            Map.entry("file://" + folder + "/x.tar#" + name, "long"),
            Map.entry("file://" + folder + "/x.tar#z/next.jpg", "next"));
  }

  @Test
  void skipsLinksAndDevices() throws IOException {
    try (Tar tar = new Tar("x.tar")) {
      tar.file("a/1.jpg", "one");
      tar.link("a/2.jpg", TarConstants.LF_SYMLINK);
      tar.link("a/3.jpg", TarConstants.LF_LINK);
      tar.link("a/4.jpg", TarConstants.LF_FIFO);
    }
    try (Listing listing = open("x.tar").list()) {
      assertThat(listing.count()).isEqualTo(1);
      assertThat(listing.skipped())
          .containsExactlyEntriesOf(Map.of("link, device or sparse file in a tar", 3L));
    }
  }

  @Test
  void keepsTheLastMemberOfAName() throws IOException {
    try (Tar tar = new Tar("x.tar")) {
      tar.file("a/1.jpg", "old");
      tar.file("a/1.jpg", "appended");
    }
    assertThat(readAll(open("x.tar")).values()).containsExactly("appended");
  }

  @Test
  void listsATarThatEndsEarlyUpToTheCut() throws IOException {
    try (Tar tar = new Tar("x.tar")) {
      tar.file("a/1.jpg", "one");
      tar.file("a/2.jpg", "x".repeat(5000));
      tar.file("a/3.jpg", "never seen");
    }
    cut("x.tar", 3 * 512 + 1000);
    ImageSource source = open("x.tar");

    Map<String, String> contents = readAll(source);
    assertThat(contents).hasSize(2);
    assertThat(contents)
        .containsEntry("file://" + folder + "/x.tar#a/1.jpg", "one")
        .containsEntry(
            "file://" + folder + "/x.tar#a/2.jpg",
            "unreadable: EOFException: only 1000 of 5000 bytes are there");
    try (Listing listing = source.list()) {
      assertThat(listing.warnings())
          .containsExactly(
              "Tar file://%s/x.tar is read up to its member 2 only: it ends at byte 2536,"
                      .formatted(folder)
                  + " inside a/2.jpg");
    }
  }

  /** A header alone, which speaks of 500 MB. */
  @Test
  void takesNoMemoryForWhatATarLacks() throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("a/1.jpg");
    entry.setSize(500 << 20);
    byte[] header = new byte[512];
    entry.writeEntryHeader(header);
    Files.write(folder.resolve("x.tar"), header);
    List<MemoryPoolMXBean> large =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().matches(".*(Old|Tenured) Gen"))
            .toList();
    assertThat(large).hasSize(1);
    System.gc();
    large.get(0).resetPeakUsage();
    long before = large.get(0).getPeakUsage().getUsed();

    assertThat(readAll(open("x.tar")).values())
        .containsExactly("unreadable: EOFException: only 0 of 524288000 bytes are there");
    assertThat(large.get(0).getPeakUsage().getUsed() - before).isLessThan(250 << 20);
  }

  @Test
  void warnsOfATarWithADamagedHeader() throws IOException {
    try (Tar tar = new Tar("x.tar")) {
      tar.file("a/1.jpg", "one");
      tar.file("a/2.jpg", "two");
    }
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("x.tar").toFile(), "rw")) {
      file.seek(1024);
      file.write(new byte[] {1, 2, 3});
    }
    try (Listing listing = open("x.tar").list()) {
      assertThat(listing.count()).isEqualTo(1);
      assertThat(listing.warnings())
          .containsExactly(
              "Tar file://%s/x.tar is read up to its member 1 only:".formatted(folder)
                  + " the header before byte 1536 is damaged");
    }
  }

  @Test
  void rejectsWhatIsNoTar() throws IOException {
    for (String content : List.of("", "text", "a long text, no tar at all. ".repeat(100))) {
      write(folder, "x.tar", content);
      assertThatThrownBy(() -> open("x.tar").list())
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("file://" + folder + "/x.tar is no tar file (")
          .hasMessageEndingWith("take it out, or make it anew");
    }
  }

  @Test
  void rejectsTarsWithoutImages() throws IOException {
    try (Tar tar = new Tar("x.tar")) {
      tar.file("1.txt", "");
    }
    assertThatThrownBy(() -> open("x.tar").list())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("1 files, none with an image suffix (.txt 1)");
  }

  @Test
  void readsEachTarInStretchesOfNeighbours() throws IOException {
    for (String name : List.of("a.tar", "b.tar")) {
      try (Tar tar = new Tar(name)) {
        for (int i = 0; i < 20; i++) {
          tar.file("p/" + i + ".jpg", "x".repeat(1000));
        }
      }
    }
    ImageSource source = ImageSource.open(spark(), List.of(folder.toString()));
    try (Listing listing = source.list()) {
      List<SourceImage> images = images(listing);
      List<List<SourceImage>> read = source.read(images, 4).map(Fetched::image).glom().collect();
      assertThat(read).extracting(List::size).containsExactly(10, 10, 10, 10);
      assertThat(read.stream().flatMap(List::stream).toList()).isEqualTo(images);
    }
  }

  private ImageSource open(String tar) {
    return ImageSource.open(spark(), List.of(folder + "/" + tar));
  }

  private void cut(String tar, long length) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(tar).toFile(), "rw")) {
      file.setLength(length);
    }
  }

  /** A tar in the making. */
  private final class Tar implements AutoCloseable {
    final TarArchiveOutputStream out;

    Tar(String name) throws IOException {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      out = new TarArchiveOutputStream(Files.newOutputStream(file), "UTF-8");
    }

    void file(String name, String content) throws IOException {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setSize(bytes.length);
      out.putArchiveEntry(entry);
      out.write(bytes);
      out.closeArchiveEntry();
    }

    void folder(String name) throws IOException {
      out.putArchiveEntry(new TarArchiveEntry(name + "/"));
      out.closeArchiveEntry();
    }

    void link(String name, byte flag) throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(name, flag);
      entry.setLinkName("a/1.jpg");
      out.putArchiveEntry(entry);
      out.closeArchiveEntry();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
