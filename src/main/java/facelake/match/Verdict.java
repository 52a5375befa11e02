package facelake.match;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a person says of a topic; the label stands in files and tables. */
public enum Verdict {
  /** The two are one person. */
  SAME("same", Topic.Form.IDENTITIES, Topic.Form.FACES),
  /** The two are two people. */
  DIFFERENT("different", Topic.Form.IDENTITIES, Topic.Form.FACES),
  /** What the detector found is no face. */
  NOT_A_FACE("not-a-face", Topic.Form.FACE),
  /** The face is not the identity that its dataset says; where it belongs may be known. */
  WRONG_LABEL("wrong-label", Topic.Form.FACE, Topic.Form.LABELLED_FACE),
  /** What was decided before on the topic does not hold any more. */
  WITHDRAW("withdraw", Topic.Form.values());

  private final String label;
  private final List<Topic.Form> forms;

  Verdict(String label, Topic.Form... forms) {
    this.label = label;
    this.forms = List.of(forms);
  }

  /** The verdict that a label stands for. */
  public static Optional<Verdict> labelled(String label) {
    return Arrays.stream(values()).filter(verdict -> verdict.label.equals(label)).findFirst();
  }

  /** All labels, in the order of the verdicts. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Verdict::label).toList();
  }

  /** The word, such as {@code not-a-face}. */
  public String label() {
    return label;
  }

  /** The forms that its topic may have. */
  public List<Topic.Form> forms() {
    return forms;
  }
}
