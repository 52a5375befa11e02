package facelake.step.export;

import facelake.match.FaceRole;
import facelake.match.LabelIssue;
import facelake.table.ImageStatus;
import java.io.Serializable;
import java.util.Locale;
import java.util.Set;

/**
 * Decides what becomes of a photo as the photo of one person: first whose it is, then whether it is
 * wanted at all, then which of several copies stays, then whether the person has enough photos. A
 * later step leaves alone what an earlier one has dropped.
 *
 * @param drops what is left out
 * @param relabel whether a face that does not fit its label goes to the person that it fits
 * @param minFace shortest side of a face's box in pixels, 0 or more
 * @param minPhotos photos that a person has at least, 1 or more
 */
public record ExportRule(Set<Drop> drops, boolean relabel, int minFace, int minPhotos)
    implements Serializable {

  /** What can be left out; the label is the word of an option. */
  public enum Drop {
    /** All copies of a photo under one person but one. */
    DUPLICATES("duplicates"),
    /** Faces that do not fit their label. */
    LABEL_ISSUES("label-issues"),
    /** Photos of one face of which copies stand under several people. */
    CONFLICTS("conflicts"),
    /** People who may be one with others: a pair of theirs is for review. */
    REVIEW("review");

    private final String label;

    Drop(String label) {
      this.label = label;
    }

    /** The word, such as {@code label-issues}. */
    public String label() {
      return label;
    }
  }

  /**
   * What was decided.
   *
   * @param person whom the photo is of; null where nobody knows
   * @param outcome what becomes of it
   * @param reason why, in words
   */
  public record Decision(String person, PhotoOutcome outcome, String reason)
      implements Serializable {
    private Decision but(PhotoOutcome other, String why, Object... values) {
      return new Decision(person, other, words(why, values));
    }
  }

  /**
   * A face and its label; all but person and label null where nothing is known of labels.
   *
   * @param person whom {@code people} gives the face to
   * @param role what the face is to its label
   * @param photoLabel the identity of the photo, as its dataset has it
   * @param label the identity that the face counts to: another one where a person corrected it
   * @param labelPerson the person of that identity's main part; null where it has none
   * @param issue what is doubtful about the face, or null
   */
  public record Labelled(
      String person,
      FaceRole role,
      String photoLabel,
      String label,
      String labelPerson,
      Issue issue) {}

  /**
   * What is doubtful about a face under its label.
   *
   * @param distance to the mean of its identity
   * @param limit faces of one person are nearer than this
   * @param proposal the identity that it probably is, as {@code dataset/identity}, or null
   * @param proposedPerson the person of that identity, or null
   * @param probability of the proposal
   */
  public record Issue(
      LabelIssue kind,
      double distance,
      double limit,
      String proposal,
      String proposedPerson,
      double probability) {
    private String inWords() {
      return kind == LabelIssue.GENDER
          ? "gender: surely looks like another gender than the rest of its label"
          : words(
              "%s: %.2f from its label, and faces of one person are nearer than %.2f",
              kind.label(), distance, limit);
    }

    private String proposed() {
      return proposal == null
          ? ""
          : words("; probably %s (probability %.2f)", proposal, probability);
    }
  }

  /**
   * What else is known of a photo and its person.
   *
   * @param lost why the photo cannot be read where it was, or null
   * @param changed whether its content is another than what was indexed
   * @param faceSize shortest side of the face's box in pixels
   * @param testPerson a test set that the person stands in, or null
   * @param testCopy a copy of the photo in a test set, or null
   * @param mayBe another person whom this one may be, or null
   * @param probability that they are one
   */
  public record Admission(
      String lost,
      boolean changed,
      int faceSize,
      String testPerson,
      String testCopy,
      String mayBe,
      double probability) {}

  /** The same words on every machine, whatever language it speaks. */
  private static String words(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** Whose the photo is, by one face of it that is not just beside the one of the label. */
  public Decision whose(Labelled face) {
    if (face.label() != null && !face.label().equals(face.photoLabel())) {
      return new Decision(
          face.person(),
          PhotoOutcome.RELABELLED,
          "decided: it is %s, not %s".formatted(face.label(), face.photoLabel()));
    }
    Issue issue = face.issue();
    if (issue == null) {
      return new Decision(face.person(), PhotoOutcome.KEPT, why(face));
    }
    boolean samePerson =
        issue.proposedPerson() != null && issue.proposedPerson().equals(face.labelPerson());
    if (samePerson) {
      return new Decision(
          face.labelPerson(),
          PhotoOutcome.KEPT,
          "the same person by another label" + issue.proposed());
    }
    if (relabel && issue.proposedPerson() != null) {
      return new Decision(
          issue.proposedPerson(), PhotoOutcome.RELABELLED, issue.inWords() + issue.proposed());
    }
    String person = face.labelPerson() == null ? face.person() : face.labelPerson();
    return drops.contains(Drop.LABEL_ISSUES)
        ? new Decision(person, PhotoOutcome.LABEL_ISSUE, issue.inWords() + issue.proposed())
        : new Decision(
            person, PhotoOutcome.KEPT, "as labelled, but " + issue.inWords() + issue.proposed());
  }

  private static String why(Labelled face) {
    if (face.label() == null) {
      return "the person of its face";
    }
    return face.role() == FaceRole.MEMBER
        ? "the person of its label"
        : "of a label that means several people";
  }

  /** Whether the photo is there, and its person and face are wanted. */
  public Decision admitted(Decision so, Admission photo) {
    if (photo.lost() != null) {
      return so.but(PhotoOutcome.MISSING, photo.lost());
    }
    if (photo.changed()) {
      return so.but(
          PhotoOutcome.CHANGED, "its content is not what was indexed; run index, then dedupe");
    }
    if (!so.outcome().isExported()) {
      return so;
    }
    if (photo.testPerson() != null) {
      return so.but(PhotoOutcome.IN_TEST_SET, "the person stands in %s", photo.testPerson());
    }
    if (photo.testCopy() != null) {
      return so.but(PhotoOutcome.IN_TEST_SET, "copy of %s", photo.testCopy());
    }
    if (photo.mayBe() != null && drops.contains(Drop.REVIEW)) {
      return so.but(
          PhotoOutcome.REVIEW,
          "the person may be %s (probability %.2f)",
          photo.mayBe(),
          photo.probability());
    }
    return photo.faceSize() < minFace
        ? so.but(PhotoOutcome.SMALL_FACE, "face of %d pixels, under %d", photo.faceSize(), minFace)
        : so;
  }

  /**
   * The copies of a photo that could be exported.
   *
   * @param people under whom they stand
   * @param oneFace whether the photo shows one face
   * @param isFirst whether this one stays, of those under its person
   * @param first uri of the one that stays
   * @param kind what this one is to it, such as {@code exact copy}
   */
  public record Copies(
      Set<String> people, boolean oneFace, boolean isFirst, String first, String kind) {}

  /** Whether this copy of the photo stays. */
  public Decision copy(Decision so, Copies copies) {
    if (!so.outcome().isExported()) {
      return so;
    }
    if (copies.people().size() > 1 && copies.oneFace() && drops.contains(Drop.CONFLICTS)) {
      return so.but(
          PhotoOutcome.CONFLICT,
          "copies stand under %s",
          String.join(", ", copies.people().stream().sorted().toList()));
    }
    return drops.contains(Drop.DUPLICATES) && !copies.isFirst()
        ? so.but(PhotoOutcome.DUPLICATE, "%s of %s", copies.kind(), copies.first())
        : so;
  }

  /** Whether the person has enough photos. */
  public Decision counted(Decision so, long photos) {
    return so.outcome().isExported() && photos < minPhotos
        ? so.but(
            PhotoOutcome.FEW_PHOTOS,
            "the person has %d %s, under %d",
            photos,
            photos == 1 ? "photo" : "photos",
            minPhotos)
        : so;
  }

  /** Tells of other people under whom the photo is exported as well. */
  public Decision beside(Decision so, long people) {
    return so.outcome().isExported() && people > 1
        ? so.but(so.outcome(), "%s", so.reason() + "; exported under %d people".formatted(people))
        : so;
  }

  /**
   * What becomes of a photo without any face that has a person.
   *
   * @param status as in {@code images.status}
   */
  public static Decision ofNobody(
      ImageStatus status, String failureClass, String failure, String scope) {
    return switch (status) {
      case FAILED ->
          new Decision(null, PhotoOutcome.FAILED, "%s: %s".formatted(failureClass, failure));
      case NO_FACE -> new Decision(null, PhotoOutcome.NO_FACE, "no face was found");
      case REMOVED ->
          new Decision(null, PhotoOutcome.MISSING, "was gone when index looked for it last");
      case OK ->
          new Decision(
              null,
              PhotoOutcome.NO_PERSON,
              "none of its faces has a person in scope %s".formatted(scope));
    };
  }
}
