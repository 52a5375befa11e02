package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleAlbumsTest {
  @TempDir private Path temp;

  @Test
  void everyOtherPhotoGoesIntoEitherAlbumUnderAnotherName() throws IOException {
    Path people = people("1.jpg", "2.jpg", "3.jpg");
    ExampleAlbums albums = new ExampleAlbums(temp.resolve("albums"));
    albums.link(people);

    assertThat(links())
        .containsExactly(
            "album-a/person-1/1.jpg -> ann/1.jpg",
            "album-a/person-1/3.jpg -> ann/3.jpg",
            "album-a/person-2/1.jpg -> bob/1.jpg",
            "album-a/person-2/3.jpg -> bob/3.jpg",
            "album-b/guest-a/2.jpg -> bob/2.jpg",
            "album-b/guest-b/2.jpg -> ann/2.jpg");
    assertThat(albums.album(ExampleAlbums.B)).isDirectoryContaining("glob:**/guest-a");
  }

  @Test
  void linksOfAnEarlierRunAreMadeAnew() throws IOException {
    ExampleAlbums albums = new ExampleAlbums(temp.resolve("albums"));
    Path people = people("1.jpg");
    albums.link(people);
    Path moved = Files.move(people, temp.resolve("moved"));
    albums.link(moved);

    assertThat(links())
        .containsExactly(
            "album-a/person-1/1.jpg -> ann/1.jpg", "album-a/person-2/1.jpg -> bob/1.jpg");
    assertThat(temp.resolve("albums/album-a/person-1/1.jpg")).hasContent("1.jpg of ann");
  }

  @Test
  void neverPutsALinkInThePlaceOfAFile() throws IOException {
    Path own = temp.resolve("albums/album-a/person-1/1.jpg");
    Files.createDirectories(own.getParent());
    Files.writeString(own, "mine");
    Path people = people("1.jpg");

    assertThatThrownBy(() -> new ExampleAlbums(temp.resolve("albums")).link(people))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("FileAlreadyExistsException: " + own);
    assertThat(own).hasContent("mine");
  }

  @Test
  void saysWherePhotosWereExpected() {
    Path nowhere = temp.resolve("nowhere");

    assertThatThrownBy(() -> new ExampleAlbums(temp.resolve("albums")).link(nowhere))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("NoSuchFileException: " + nowhere)
        .hasMessageContaining("give the folder examples of dlib");
  }

  private Path people(String... photos) throws IOException {
    Path people = temp.resolve("people");
    for (String person : List.of("bob", "ann")) {
      Path folder = Files.createDirectories(people.resolve(person));
      for (String photo : photos) {
        Files.writeString(folder.resolve(photo), photo + " of " + person);
      }
    }
    return people;
  }

  /** Where each link leads to, by the folder and the file. */
  private List<String> links() throws IOException {
    Path albums = temp.resolve("albums");
    try (Stream<Path> all = Files.walk(albums)) {
      return all.filter(Files::isSymbolicLink)
          .map(
              link -> {
                Path photo = target(link);
                return "%s -> %s/%s"
                    .formatted(
                        albums.relativize(link),
                        photo.getParent().getFileName(),
                        photo.getFileName());
              })
          .sorted()
          .toList();
    }
  }

  private static Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
