package facelake.step.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.match.FaceRole;
import facelake.match.LabelIssue;
import facelake.step.export.ExportRule.Admission;
import facelake.step.export.ExportRule.Copies;
import facelake.step.export.ExportRule.Decision;
import facelake.step.export.ExportRule.Drop;
import facelake.step.export.ExportRule.Issue;
import facelake.step.export.ExportRule.Labelled;
import facelake.table.ImageStatus;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExportRuleTest {
  private static final ExportRule USUAL =
      new ExportRule(Set.of(Drop.DUPLICATES, Drop.LABEL_ISSUES), false, 0, 1);
  private static final ExportRule ALL = new ExportRule(EnumSet.allOf(Drop.class), false, 40, 3);
  private static final ExportRule NONE = new ExportRule(Set.of(), false, 0, 1);
  private static final Decision KEPT = new Decision("p-1", PhotoOutcome.KEPT, "so");

  private static final Issue OUTLIER =
      new Issue(LabelIssue.OUTLIER, 0.75, 0.5, "press/Ann", "p-2", 0.9);

  @Test
  void keepsTheFaceOfTheLabelAndTheFaceWithoutOne() {
    assertThat(USUAL.whose(member(null)))
        .isEqualTo(new Decision("p-1", PhotoOutcome.KEPT, "the person of its label"));
    assertThat(USUAL.whose(new Labelled("p-7", null, null, null, null, null)))
        .isEqualTo(new Decision("p-7", PhotoOutcome.KEPT, "the person of its face"));
  }

  @Test
  void followsALabelThatAPersonCorrected() {
    Decision decision =
        USUAL.whose(new Labelled("p-3", FaceRole.MEMBER, "Ben", "Cem", "p-3", null));

    assertThat(decision)
        .isEqualTo(new Decision("p-3", PhotoOutcome.RELABELLED, "decided: it is Cem, not Ben"));
  }

  @Test
  void aDecisionIsStrongerThanADoubt() {
    Decision decision =
        USUAL.whose(new Labelled("p-3", FaceRole.MEMBER, "Ben", "Cem", "p-3", OUTLIER));

    assertThat(decision.person()).isEqualTo("p-3");
    assertThat(decision.outcome()).isEqualTo(PhotoOutcome.RELABELLED);
  }

  @Test
  void keepsAFaceThatFitsAnotherLabelOfTheSamePerson() {
    Decision decision = USUAL.whose(outlier(OUTLIER, "p-2"));

    assertThat(decision)
        .isEqualTo(
            new Decision(
                "p-2",
                PhotoOutcome.KEPT,
                "the same person by another label; probably press/Ann (probability 0.90)"));
  }

  @Test
  void saysTheSameInEveryLanguage() {
    Locale own = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(USUAL.whose(outlier(OUTLIER, "p-1")).reason()).contains("0.75 from its label");
    } finally {
      Locale.setDefault(own);
    }
  }

  @Test
  void dropsAFaceThatDoesNotFitItsLabel() {
    assertThat(USUAL.whose(outlier(OUTLIER, "p-1")))
        .isEqualTo(
            new Decision(
                "p-1",
                PhotoOutcome.LABEL_ISSUE,
                "outlier: 0.75 from its label, and faces of one person are nearer than 0.50;"
                    + " probably press/Ann (probability 0.90)"));
    assertThat(USUAL.whose(member(new Issue(LabelIssue.GENDER, 0.2, 0.5, null, null, Double.NaN))))
        .isEqualTo(
            new Decision(
                "p-1",
                PhotoOutcome.LABEL_ISSUE,
                "gender: surely looks like another gender than the rest of its label"));
  }

  @Test
  void takesItToTheProposedPersonWhereAsked() {
    ExportRule relabelling = new ExportRule(USUAL.drops(), true, 0, 1);

    Decision decision = relabelling.whose(outlier(OUTLIER, "p-1"));
    assertThat(decision.person()).isEqualTo("p-2");
    assertThat(decision.outcome()).isEqualTo(PhotoOutcome.RELABELLED);
    assertThat(decision.reason()).endsWith("; probably press/Ann (probability 0.90)");
    Issue nowhere = new Issue(LabelIssue.SPLIT, 0.75, 0.5, null, null, Double.NaN);
    assertThat(relabelling.whose(outlier(nowhere, "p-1")).outcome())
        .isEqualTo(PhotoOutcome.LABEL_ISSUE);
  }

  @Test
  void keepsItAsLabelledWhereIssuesAreNotDropped() {
    Decision decision = NONE.whose(outlier(OUTLIER, "p-1"));

    assertThat(decision.person()).isEqualTo("p-1");
    assertThat(decision.outcome()).isEqualTo(PhotoOutcome.KEPT);
    assertThat(decision.reason()).startsWith("as labelled, but outlier: 0.75 from its label");
    assertThat(NONE.whose(outlier(OUTLIER, null)).person()).isEqualTo("p-9");
  }

  @Test
  void tellsWhyAPhotoIsNotAdmitted() {
    assertThat(ALL.admitted(KEPT, admission("is gone", false, 99, null, null, null)))
        .isEqualTo(new Decision("p-1", PhotoOutcome.MISSING, "is gone"));
    assertThat(ALL.admitted(KEPT, admission(null, true, 99, "lfw", null, null)).outcome())
        .isEqualTo(PhotoOutcome.CHANGED);
    assertThat(ALL.admitted(KEPT, admission(null, false, 99, "lfw", "x.jpg", "p-8")))
        .isEqualTo(new Decision("p-1", PhotoOutcome.IN_TEST_SET, "the person stands in lfw"));
    assertThat(ALL.admitted(KEPT, admission(null, false, 99, null, "x.jpg", "p-8")))
        .isEqualTo(new Decision("p-1", PhotoOutcome.IN_TEST_SET, "copy of x.jpg"));
    assertThat(ALL.admitted(KEPT, admission(null, false, 30, null, null, "p-8")))
        .isEqualTo(
            new Decision("p-1", PhotoOutcome.REVIEW, "the person may be p-8 (probability 0.25)"));
    assertThat(ALL.admitted(KEPT, admission(null, false, 39, null, null, null)))
        .isEqualTo(new Decision("p-1", PhotoOutcome.SMALL_FACE, "face of 39 pixels, under 40"));
    assertThat(ALL.admitted(KEPT, admission(null, false, 40, null, null, null))).isEqualTo(KEPT);
    assertThat(NONE.admitted(KEPT, admission(null, false, 1, null, null, "p-8"))).isEqualTo(KEPT);
  }

  @Test
  void leavesAloneWhatWasDroppedButForPhotosThatAreGone() {
    Decision dropped = new Decision("p-1", PhotoOutcome.LABEL_ISSUE, "so");

    assertThat(ALL.admitted(dropped, admission(null, false, 1, "lfw", null, null)))
        .isEqualTo(dropped);
    assertThat(ALL.admitted(dropped, admission("is gone", false, 1, null, null, null)).outcome())
        .isEqualTo(PhotoOutcome.MISSING);
    assertThat(ALL.copy(dropped, new Copies(Set.of("p-1"), true, false, "a.jpg", "copy")))
        .isEqualTo(dropped);
    assertThat(ALL.counted(dropped, 0)).isEqualTo(dropped);
  }

  @Test
  void keepsTheFirstCopyUnderAPerson() {
    Copies second = new Copies(Set.of("p-1"), true, false, "a.jpg", "near copy (4 bits)");

    assertThat(USUAL.copy(KEPT, new Copies(Set.of("p-1"), true, true, "a.jpg", "copy")))
        .isEqualTo(KEPT);
    assertThat(USUAL.copy(KEPT, second))
        .isEqualTo(new Decision("p-1", PhotoOutcome.DUPLICATE, "near copy (4 bits) of a.jpg"));
    assertThat(NONE.copy(KEPT, second)).isEqualTo(KEPT);
  }

  @Test
  void dropsAllCopiesOfOneFaceUnderSeveralPeople() {
    Set<String> two = Set.of("p-2", "p-1");

    assertThat(ALL.copy(KEPT, new Copies(two, true, true, "a.jpg", "copy")))
        .isEqualTo(new Decision("p-1", PhotoOutcome.CONFLICT, "copies stand under p-1, p-2"));
    // Each of two faces may be one of the two people.
    assertThat(ALL.copy(KEPT, new Copies(two, false, true, "a.jpg", "copy"))).isEqualTo(KEPT);
    assertThat(USUAL.copy(KEPT, new Copies(two, true, true, "a.jpg", "copy"))).isEqualTo(KEPT);
  }

  @Test
  void countsPhotosOfAPersonAndPeopleOfAPhoto() {
    assertThat(ALL.counted(KEPT, 3)).isEqualTo(KEPT);
    assertThat(ALL.counted(KEPT, 2))
        .isEqualTo(
            new Decision("p-1", PhotoOutcome.FEW_PHOTOS, "the person has 2 photos, under 3"));
    assertThat(USUAL.beside(KEPT, 1)).isEqualTo(KEPT);
    assertThat(USUAL.beside(KEPT, 2).reason()).isEqualTo("so; exported under 2 people");
  }

  @Test
  void tellsWhatBecameOfPhotosOfNobody() {
    assertThat(ExportRule.ofNobody(ImageStatus.FAILED, "truncated", "ends early", "resolved"))
        .isEqualTo(new Decision(null, PhotoOutcome.FAILED, "truncated: ends early"));
    assertThat(ExportRule.ofNobody(ImageStatus.OK, null, null, "resolved").reason())
        .isEqualTo("none of its faces has a person in scope resolved");
    assertThat(ExportRule.ofNobody(ImageStatus.NO_FACE, null, null, "all").outcome())
        .isEqualTo(PhotoOutcome.NO_FACE);
    assertThat(ExportRule.ofNobody(ImageStatus.REMOVED, null, null, "all").outcome())
        .isEqualTo(PhotoOutcome.MISSING);
  }

  @Test
  void outcomesAreFoundByTheirLabels() {
    for (PhotoOutcome outcome : PhotoOutcome.values()) {
      assertThat(PhotoOutcome.of(outcome.label())).isEqualTo(outcome);
    }
    assertThatThrownBy(() -> PhotoOutcome.of("lost")).hasMessage("There is no outcome lost");
  }

  private static Labelled member(Issue issue) {
    return new Labelled("p-1", FaceRole.MEMBER, "Ben", "Ben", "p-1", issue);
  }

  private static Labelled outlier(Issue issue, String labelPerson) {
    return new Labelled("p-9", FaceRole.OUTLIER, "Ben", "Ben", labelPerson, issue);
  }

  private static Admission admission(
      String lost,
      boolean changed,
      int faceSize,
      String testPerson,
      String testCopy,
      String mayBe) {
    return new Admission(lost, changed, faceSize, testPerson, testCopy, mayBe, 0.25);
  }
}
