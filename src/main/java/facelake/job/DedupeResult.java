package facelake.job;

import java.util.List;
import java.util.Map;

/**
 * What {@link DedupeJob} found.
 *
 * @param datasets the datasets that were compared
 * @param faces faces that took part
 * @param leftOut faces without an identity that are in no cluster either
 * @param measured identities and clusters that this run measured
 * @param known those that earlier runs had measured
 * @param people people that came out
 * @param shared people who stand in two datasets or more
 * @param verdicts pairs by verdict
 * @param issues faces and identities by kind of label issue
 * @param duplicatePhotos photos that the lake has more than once
 * @param conflicts of these, photos that one dataset has under two identities
 * @param changes people of the run before by what became of them
 * @param decisions decisions in force
 * @param notes sentences that a person should read
 * @param calibrated whether the run itself showed what scores mean; else LFW's figures stand in
 * @param examples the surest pairs
 * @param seconds of the whole job
 */
public record DedupeResult(
    List<String> datasets,
    long faces,
    long leftOut,
    long measured,
    long known,
    long people,
    long shared,
    Map<String, Long> verdicts,
    Map<String, Long> issues,
    long duplicatePhotos,
    long conflicts,
    Map<String, Long> changes,
    long decisions,
    List<String> notes,
    boolean calibrated,
    List<Example> examples,
    double seconds) {
  /** Labelled identities and clusters that were compared. */
  public long identities() {
    return measured + known;
  }

  /**
   * A pair that is one person.
   *
   * @param a dataset and identity
   * @param b dataset and identity
   * @param distance between the means of their embeddings
   * @param probability that they are one person
   */
  public record Example(String a, String b, double distance, double probability) {}
}
