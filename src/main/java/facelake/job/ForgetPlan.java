package facelake.job;

import facelake.step.forget.Traces;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What {@link ForgetJob} would do.
 *
 * @param faces faces that go
 * @param photos photos that go as a whole
 * @param labels labels that go, as {@code dataset/name}, with how many photos each has
 * @param people ids of people who go
 * @param guesses where the person was found by a photo: the faces that are like it, with distances
 * @param rows rows that go, by table; those without any are not there
 * @param removed tables that go as a whole, since their rows are not one person's
 * @param folders what goes from review sites and exports that the lake knows of
 * @param notes what else there is to say, in sentences
 * @param isUnfinished whether another run has begun this or a part of it, and was killed or left
 *     something
 * @param notFound why whoever was asked for is not in this, which is what that other run has begun
 *     alone; else null
 * @param asked whom this and the other runs were asked to forget
 */
public record ForgetPlan(
    int faces,
    int photos,
    SortedMap<String, Long> labels,
    SortedSet<String> people,
    List<Guess> guesses,
    SortedMap<String, Long> rows,
    List<String> removed,
    List<ForgetFolder.Found> folders,
    List<String> notes,
    boolean isUnfinished,
    String notFound,
    SortedSet<String> asked,
    Traces traces) {

  /**
   * A face that is like the one in a photo.
   *
   * @param identity its label, or null
   */
  public record Guess(double distance, String dataset, String identity, String uri) {}
}
