package facelake.job;

import facelake.step.forget.Traces;
import java.util.List;
import java.util.SortedMap;

/**
 * What {@link ForgetJob} would do.
 *
 * @param faces faces that go
 * @param photos photos that go as a whole
 * @param guesses where the person was found by a photo: the faces that are like it, with distances
 * @param rows rows that go, by table; those without any are not there
 * @param folders what goes from review sites and exports that the lake knows of
 * @param notes what else there is to say, in sentences
 * @param isUnfinished whether a run that was killed has begun this or a part of it
 */
public record ForgetPlan(
    int faces,
    int photos,
    List<Guess> guesses,
    SortedMap<String, Long> rows,
    List<ForgetFolder.Found> folders,
    List<String> notes,
    boolean isUnfinished,
    Traces traces) {

  /**
   * A face that is like the one in a photo.
   *
   * @param identity its label, or null
   */
  public record Guess(double distance, String dataset, String identity, String uri) {}
}
