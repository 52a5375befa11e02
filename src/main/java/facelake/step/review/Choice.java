package facelake.step.review;

import facelake.match.Decision;
import facelake.match.Subject;
import facelake.match.Topic;
import facelake.match.Verdict;

/**
 * What a person may decide about a row.
 *
 * @param key that is pressed for it
 * @param label what it says
 * @param verdict of the decision
 * @param topic what the decision is about
 */
public record Choice(String key, String label, Verdict verdict, Topic topic) {
  /** That two identities are one person. */
  static Choice same(Subject a, Subject b) {
    return new Choice("s", "Same person", Verdict.SAME, new Topic(a, b));
  }

  /** That they are two. */
  static Choice different(Subject a, Subject b) {
    return new Choice("d", "Two people", Verdict.DIFFERENT, new Topic(a, b));
  }

  /** That a face is of another identity than its label. */
  static Choice belongsTo(Subject.Face face, Subject.Identity right) {
    return new Choice(
        "s",
        "It is %s/%s".formatted(right.dataset(), right.name()),
        Verdict.WRONG_LABEL,
        new Topic(face, right));
  }

  /** That a face is not of its label, whoever it is. */
  static Choice isNot(Subject.Face face, Subject.Identity label) {
    return new Choice(
        "d",
        "Not %s/%s".formatted(label.dataset(), label.name()),
        Verdict.WRONG_LABEL,
        Topic.of(face));
  }

  /**
   * That a face is of its label after all.
   *
   * @param with the faces of its part, which all go with it
   * @param witness a face of the label
   */
  static Choice staysAt(Subject.Face face, Subject.Identity label, int with, Subject.Face witness) {
    String others = with > 1 ? ", and the %,d others of its part".formatted(with - 1) : "";
    return new Choice(
        "r",
        "It is %s/%s%s".formatted(label.dataset(), label.name(), others),
        Verdict.SAME,
        new Topic(face, witness));
  }

  /** That a decision does not hold any more. */
  static Choice takeBack(Decision decision) {
    return new Choice("s", "Take back", Verdict.WITHDRAW, decision.topic());
  }
}
