package facelake.step.source;

import static facelake.step.source.SourceTesting.byUri;
import static facelake.step.source.SourceTesting.images;
import static facelake.step.source.SourceTesting.read;
import static facelake.step.source.SourceTesting.readAll;
import static facelake.step.source.SourceTesting.spark;
import static facelake.step.source.SourceTesting.uris;
import static facelake.step.source.SourceTesting.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import facelake.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  @TempDir Path folder;

  @Test
  void findsPicturesInAllSubFoldersAndCountsTheRest() throws IOException {
    write(folder, "a.jpg", "a");
    write(folder, "x/b.JPEG", "bb");
    write(folder, "x/y/z/w/v/u/c.webp", "ccc");
    write(folder, "x/phone.heic", "unsupported later");
    write(folder, "_DSC1.JPG", "a camera's own name");
    write(folder, "notes.txt", "");
    write(folder, "x/more.txt", "");
    write(folder, "x/README", "");
    write(folder, "_SUCCESS", "");
    write(folder, ".thumbs/t.jpg", "");
    write(folder, ".hidden.jpg", "");
    ImageSource source = ImageSource.open(spark(), List.of(folder.toString()));

    try (Listing listing = source.list()) {
      assertThat(uris(listing))
          .containsExactlyInAnyOrder(
              uri("a.jpg"),
              uri("x/b.JPEG"),
              uri("x/y/z/w/v/u/c.webp"),
              uri("x/phone.heic"),
              uri("_DSC1.JPG"));
      assertThat(listing.count()).isEqualTo(5);
      assertThat(listing.skipped())
          .containsExactlyInAnyOrderEntriesOf(Map.of(".txt", 2L, "no suffix", 1L, "hidden", 3L));
      assertThat(listing.skippedInWords()).isEqualTo("hidden 3, .txt 2, no suffix 1");
      assertThat(listing.warnings()).isEmpty();
    }
    assertThat(source.layout()).isEqualTo(Layout.FLAT);
  }

  @Test
  void saysWhereAndWhatAnImageIs() throws IOException {
    Path file = write(folder, "x/b.jpg", "bb");
    SourceImage image =
        byUri(ImageSource.open(spark(), List.of(folder.toString()))).get(uri("x/b.jpg"));

    long modified = Files.getLastModifiedTime(file).toMillis();
    assertThat(image)
        .isEqualTo(
            new SourceImage(uri("x/b.jpg"), uri(""), null, 2, "2:" + modified, uri("x/b.jpg"), 0));
  }

  @Test
  void takesTheFolderForTheIdentity() throws IOException {
    write(folder, "loose.jpg", "");
    write(folder, "Ann Lee/1.jpg", "");
    write(folder, "album/太郎/2.jpg", "");
    Map<String, SourceImage> images =
        byUri(ImageSource.open(spark(), List.of(folder.toString()), Layout.IDENTITY_FOLDERS));

    assertThat(images.get(uri("loose.jpg")).identity()).isNull();
    assertThat(images.get(uri("Ann%20Lee/1.jpg")).identity()).isEqualTo("Ann Lee");
    assertThat(images.get(uri("album/太郎/2.jpg")).identity()).isEqualTo("太郎");
  }

  @Test
  void takesAGlobsFixedPartForTheInputItself() throws IOException {
    write(folder, "set/loose.jpg", "");
    write(folder, "set/ann/1.jpg", "");
    write(folder, "set/ann/1.txt", "");
    write(folder, "set/ann/other.jpg", "");
    write(folder, "set/bob/1.jpg", "");
    String glob = folder + "/set/{*/1.*,*.jpg}";
    ImageSource source = ImageSource.open(spark(), List.of(glob), Layout.IDENTITY_FOLDERS);

    try (Listing listing = source.list()) {
      assertThat(images(listing))
          .extracting(SourceImage::uri, SourceImage::identity, SourceImage::source)
          .containsExactlyInAnyOrder(
              tuple(uri("set/ann/1.jpg"), "ann", "file://" + glob),
              tuple(uri("set/bob/1.jpg"), "bob", "file://" + glob),
              tuple(uri("set/loose.jpg"), null, "file://" + glob));
      assertThat(listing.skipped()).containsExactlyEntriesOf(Map.of(".txt", 1L));
    }
  }

  @Test
  void readsTheVeryFileThatAnOddNameNames() throws IOException {
    List<String> names =
        List.of(
            "a b.jpg",
            "50%.jpg",
            "50%25.jpg",
            "a#b.jpg",
            "a?b&c=d.jpg",
            "c:d.jpg",
            "山田 太郎.jpg",
            "e+f;g@h!.jpg",
            "back\\slash.jpg",
            "[x]{y}*.jpg",
            "quote\"'.jpg",
            "全角　空白.jpg",
            "line\nbreak.jpg",
            "tar.tar#member.jpg");
    for (String name : names) {
      write(folder, "odd #1 [50%]/" + name, name);
    }
    String input = folder + "/odd #1 [50%]";
    Map<String, String> contents = readAll(ImageSource.open(spark(), List.of(input)));

    assertThat(contents.values()).containsExactlyInAnyOrderElementsOf(names);
    assertThat(contents)
        .containsEntry(uri("odd%20%231%20%5B50%25%5D/山田%20太郎.jpg"), "山田 太郎.jpg")
        .containsEntry(uri("odd%20%231%20%5B50%25%5D/50%2525.jpg"), "50%25.jpg");
    contents.forEach(
        (uri, name) -> assertThat(SourceUri.path(uri).getName()).as(uri).isEqualTo(name));
  }

  @Test
  void takesANamedFileWhateverItsSuffix() throws IOException {
    write(folder, "ann/scan.dat", "s");
    String input = folder + "/ann/scan.dat";
    SourceImage image =
        byUri(ImageSource.open(spark(), List.of(input), Layout.IDENTITY_FOLDERS))
            .get(uri("ann/scan.dat"));

    assertThat(image.identity()).isEqualTo("ann");
    assertThat(image.source()).isEqualTo(uri("ann/scan.dat"));
  }

  @Test
  void listsAnImageOfTwoInputsOnceUnderTheFirst() throws IOException {
    write(folder, "a/1.jpg", "");
    write(folder, "b/2.jpg", "");
    List<String> inputs = List.of(folder + "/a", folder.toString(), folder + "/*/2.jpg");

    try (Listing listing = ImageSource.open(spark(), inputs).list()) {
      assertThat(images(listing))
          .extracting(SourceImage::source)
          .containsExactly(uri("a"), uri(""));
      assertThat(listing.skipped()).containsExactlyEntriesOf(Map.of("repeated", 2L));
    }
  }

  @Test
  void followsLinksButNoLoops() throws IOException {
    write(folder, "in/a/1.jpg", "one");
    write(folder, "elsewhere/2.jpg", "two");
    Files.createSymbolicLink(folder.resolve("in/a/up"), folder.resolve("in"));
    Files.createSymbolicLink(folder.resolve("in/b"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("elsewhere/back"), folder.resolve("in/a"));
    ImageSource source = ImageSource.open(spark(), List.of(folder + "/in"));

    assertThat(readAll(source))
        .containsOnly(
            Map.entry(uri("in/a/1.jpg"), "one"),
            Map.entry(uri("in/b/2.jpg"), "two"),
            Map.entry(uri("in/b/back/1.jpg"), "one"));
    try (Listing listing = source.list()) {
      assertThat(listing.skipped()).containsEntry("link to a folder above it", 2L);
    }
  }

  @Test
  void readsWhatItCanAndSaysWhyNotForTheRest() throws IOException {
    write(folder, "good.jpg", "good");
    write(folder, "empty.jpg", "");
    Path gone = write(folder, "gone.jpg", "gone");
    Path shrunk = write(folder, "shrunk.jpg", "shrunk");
    Path grown = write(folder, "grown.jpg", "grown");
    Files.createSymbolicLink(folder.resolve("dangling.jpg"), folder.resolve("nowhere.jpg"));
    ImageSource source = ImageSource.open(spark(), List.of(folder.toString()));
    Map<String, String> contents;
    try (Listing listing = source.list()) {
      Files.delete(gone);
      Files.writeString(shrunk, "s");
      Files.writeString(grown, "grown larger");
      contents = read(source, images(listing), 1);
    }

    assertThat(contents).hasSize(6);
    assertThat(contents).containsEntry(uri("good.jpg"), "good").containsEntry(uri("empty.jpg"), "");
    assertThat(contents.get(uri("gone.jpg"))).startsWith("unreadable: ").contains("gone.jpg");
    assertThat(contents.get(uri("dangling.jpg"))).startsWith("unreadable: ");
    assertThat(contents.get(uri("shrunk.jpg")))
        .isEqualTo("unreadable: EOFException: only 1 of 6 bytes are there");
    assertThat(contents.get(uri("grown.jpg")))
        .isEqualTo("unreadable: has grown since it was listed with 5 bytes");
  }

  @Test
  void refusesToLoadWhatNoPhotoIs() throws IOException {
    Path huge = write(folder, "huge.jpg", "");
    try (var file = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(Fetching.LIMIT + 1);
    }
    assertThat(readAll(ImageSource.open(spark(), List.of(folder.toString()))).values())
        .containsExactly(
            "too-large: 536870913 bytes, more than the 536870912 that an image may have");
  }

  @Test
  void namesFoldersAndFilesOfAnotherFileSystemThatStayShut() throws IOException {
    write(folder, "open/a b.jpg", "open");
    write(folder, "open/secret.jpg", "secret");
    write(folder, "locked/b.jpg", "locked");
    ImageSource source = ImageSource.open(spark(), List.of("grumpy://" + folder));

    assertThat(readAll(source))
        .containsOnly(
            Map.entry("grumpy://" + folder + "/open/a%20b.jpg", "open"),
            Map.entry(
                "grumpy://" + folder + "/open/secret.jpg",
                "unreadable: IOException: Permission denied"));
    try (Listing listing = source.list()) {
      assertThat(listing.warnings())
          .containsExactly(
              "Folder grumpy://"
                  + folder
                  + "/locked could not be listed: IOException: Permission denied");
    }
  }

  @Test
  void rejectsFoldersWithoutImagesSayingWhatWasThere() throws IOException {
    for (int i = 0; i < 10; i++) {
      write(folder, "some/" + i + ".txt", "");
    }
    write(folder, "a.csv", "");
    write(folder, "b.csv", "");
    assertThatThrownBy(() -> ImageSource.open(spark(), List.of(folder.toString())).list())
        .isInstanceOf(UserError.class)
        .hasMessage(
            "No image found in "
                + uri("")
                + ": 12 files, none with an image suffix (.txt 10, .csv 2);"
                + " give the folder that holds the images");
  }

  @Test
  void rejectsAnEmptyFolder() {
    assertThatThrownBy(() -> ImageSource.open(spark(), List.of(folder.toString())).list())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nothing is there");
  }

  /** The URI of a name, already escaped, in the test's folder. */
  private String uri(String name) {
    return "file://" + folder + (name.isEmpty() ? "" : "/" + name);
  }
}
