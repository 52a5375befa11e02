package facelake.step.forget;

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
 * @param versions these photos as listed, see {@link #version}
 * @param identities labels that are theirs
 * @param names their names, those that nobody else has
 * @param people ids of people, in any scope, all of whose faces are among {@code faces}
 */
public record Traces(
    SortedMap<String, String> faces,
    SortedSet<String> images,
    SortedSet<String> uris,
    SortedSet<String> versions,
    List<Subject.Identity> identities,
    SortedSet<String> names,
    SortedSet<String> people) {

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

  /**
   * A photo as long as it is not replaced by another one of the same name.
   *
   * @param version as in {@code images.source_version}
   */
  public static String version(String uri, String version) {
    return uri + "\n" + version;
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
        union(versions, other.versions),
        List.copyOf(allIdentities),
        union(names, other.names),
        union(people, other.people));
  }

  private static SortedSet<String> union(SortedSet<String> a, SortedSet<String> b) {
    SortedSet<String> union = new TreeSet<>(a);
    union.addAll(b);
    return union;
  }

  /** What gives them away wherever it stands. */
  public Mentions mentions() {
    SortedSet<String> ids = new TreeSet<>(faces.keySet());
    ids.addAll(images);
    ids.addAll(people);
    return Mentions.of(ids, uris, identities, names);
  }
}
