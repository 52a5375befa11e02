package facelake.step.forget;

import com.fasterxml.jackson.annotation.JsonIgnore;
import facelake.match.Subject;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/**
 * What stands in a lake of people who are to be forgotten.
 *
 * @param faces the ids of their faces, each with its {@link #place}
 * @param images sha256 of the photos that go as a whole
 * @param uris where these photos are
 * @param identities labels that are theirs
 * @param names their names, those that nobody else has and that say something among other words
 * @param people ids of people, in any scope, all of whose faces are among {@code faces}
 */
public record Traces(
    SortedMap<String, String> faces,
    SortedSet<String> images,
    SortedSet<String> uris,
    List<Subject.Identity> identities,
    SortedSet<String> names,
    SortedSet<String> people) {

  /** Nothing. */
  public static Traces none() {
    return new Traces(
        new TreeMap<>(),
        new TreeSet<>(),
        new TreeSet<>(),
        List.of(),
        new TreeSet<>(),
        new TreeSet<>());
  }

  /**
   * Where a face is in which content, whatever the file is called.
   *
   * @param box left, top, right and bottom, as in {@code faces.box}
   */
  public static String place(String imageId, Row box) {
    return place(imageId, box.getInt(0), box.getInt(1), box.getInt(2), box.getInt(3));
  }

  static String place(String imageId, int left, int top, int right, int bottom) {
    return "%s %d %d %d %d".formatted(imageId, left, top, right, bottom);
  }

  /** These and others. */
  public Traces and(Traces other) {
    SortedMap<String, String> allFaces = new TreeMap<>(faces);
    allFaces.putAll(other.faces);
    SortedSet<Subject.Identity> allIdentities = new TreeSet<>(identities);
    allIdentities.addAll(other.identities);
    return new Traces(
        allFaces,
        union(images, other.images),
        union(uris, other.uris),
        List.copyOf(allIdentities),
        union(names, other.names),
        union(people, other.people));
  }

  private static SortedSet<String> union(SortedSet<String> a, SortedSet<String> b) {
    SortedSet<String> union = new TreeSet<>(a);
    union.addAll(b);
    return union;
  }

  /** Whether a name says something among other words; {@code 7} does not. */
  public static boolean isDistinct(String name) {
    return name.length() >= 3 && name.chars().anyMatch(Character::isLetter);
  }

  /** What gives them away wherever it stands. */
  public Mentions mentions() {
    SortedSet<String> words = new TreeSet<>(faces.keySet());
    words.addAll(images);
    words.addAll(uris);
    words.addAll(people);
    words.addAll(names);
    identities.forEach(identity -> words.add(identity.dataset() + "/" + identity.name()));
    return Mentions.of(words);
  }

  /** Whether there is nothing to forget. */
  @JsonIgnore
  public boolean isEmpty() {
    return faces.isEmpty() && uris.isEmpty() && identities.isEmpty() && people.isEmpty();
  }
}
