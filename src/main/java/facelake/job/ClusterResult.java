package facelake.job;

import java.util.List;

/**
 * What {@link ClusterJob} found.
 *
 * @param scope the value of {@code people.scope} of the rows
 * @param threshold faces at a smaller distance are linked
 * @param faces faces that were grouped, at least 1
 * @param people people, those with a single face included
 * @param singletons people with a single face
 * @param largest the largest people, the largest first; at most 5, each of two faces or more
 * @param notes sentences that a person should read
 * @param seconds of the whole job
 */
public record ClusterResult(
    String scope,
    double threshold,
    long faces,
    long people,
    long singletons,
    List<Person> largest,
    List<String> notes,
    double seconds) {

  /** People with two faces or more. */
  public long groups() {
    return people - singletons;
  }

  /**
   * One person.
   *
   * @param personId as in {@code people.person_id}
   * @param size number of faces
   * @param exampleUri a photo with the person
   */
  public record Person(String personId, int size, String exampleUri) {}
}
