package facelake.job;

import facelake.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two albums of the same people under other names: links to the photos of a folder that has one
 * folder a person, every other photo of a person in either album. Whom a name stands for is seen
 * from where its links lead to.
 */
final class ExampleAlbums {
  static final String A = "album-a";
  static final String B = "album-b";

  private final Path folder;

  /** Albums that will stand in a folder, in sub-folders {@link #A} and {@link #B}. */
  ExampleAlbums(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the links; one that is there already is made anew.
   *
   * @param people the folder with one folder a person
   * @throws UserError when there is no such folder, or the links cannot be made
   */
  void link(Path people) {
    try {
      List<Path> persons = sorted(people.toRealPath());
      for (int person = 0; person < persons.size(); person++) {
        // Names that tell nothing: one album counts up, the other one down.
        Path a = named(A, "person-" + (person + 1));
        Path b = named(B, "guest-" + (char) ('a' + persons.size() - 1 - person));
        List<Path> photos = sorted(persons.get(person));
        for (int photo = 0; photo < photos.size(); photo++) {
          link(photo % 2 == 0 ? a : b, photos.get(photo));
        }
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw new UserError(
          e,
          "cannot make albums of links in %s to the photos of %s: %s; give the folder examples of"
              + " dlib, and a lake on a disk that has links and that you may write to",
          folder,
          people,
          e);
    }
  }

  /** The folder of an album. */
  Path album(String name) {
    return folder.resolve(name);
  }

  private Path named(String album, String name) throws IOException {
    return Files.createDirectories(album(album).resolve(name));
  }

  private static void link(Path into, Path photo) throws IOException {
    Path link = into.resolve(photo.getFileName());
    if (Files.isSymbolicLink(link)) {
      Files.delete(link);
    }
    Files.createSymbolicLink(link, photo);
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> names = Files.list(folder)) {
      return names.sorted().toList();
    }
  }
}
